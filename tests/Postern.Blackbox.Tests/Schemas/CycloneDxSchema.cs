using System.Diagnostics;

namespace Postern.Blackbox.Tests.Schemas;

/// <summary>The official schema of CycloneDX 1.6, and Debian's validator.</summary>
internal static class CycloneDxSchema
{
    /// <summary>What the validator says of a document.</summary>
    public static async Task<string> ValidateAsync(string document)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "Schemas", "validate.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await python.StandardInput.WriteAsync(document);
        python.StandardInput.Close();
        var said = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said.Trim();
    }
}
