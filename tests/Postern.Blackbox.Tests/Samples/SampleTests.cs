using System.Diagnostics;

namespace Postern.Blackbox.Tests.Samples;

/// <summary>The programs below <c>samples/</c> do what docs/library.md says, and leave evidence that verifies.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    public static TheoryData<string, string> Samples => new()
    {
        { "AskingProgram", "Sunny, 21 degrees.\n403 injection.override.instructions body\n403 secret.aws.access-key-id body\n" },
        { "AnsweringProgram", "200 good morning\n403 injection.override.instructions\n" },
        { "ToolServer", "echo\ngood morning\nrefused: rule: secret.aws.access-key-id\n" },
    };

    public void Dispose() => _postern.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_prints_what_the_page_says(string sample, string printed)
    {
        var program = Path.Combine(PosternProcess.Root, "samples", sample, "bin", "Release", "net10.0", sample + ".dll");
        using var patience = new CancellationTokenSource(_postern.Patience);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, _postern.Home]) { RedirectStandardOutput = true })!;

        Assert.Equal(printed, (await process.StandardOutput.ReadToEndAsync(patience.Token)).ReplaceLineEndings("\n"));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(0, (await _postern.RunAsync("evidence", "verify", Path.Combine(_postern.Home, "evidence"), "--key", Path.Combine(_postern.Home, "keys", "evidence.pub"))).ExitCode);
    }
}
