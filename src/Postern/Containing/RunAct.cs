using System.ComponentModel;
using System.Diagnostics;

namespace Postern.Program.Containing;

/// <summary>Runs a program to its end; exit code 0 is well.</summary>
/// <param name="Words">The program and its arguments; no shell reads them.</param>
internal sealed record RunAct(params string[] Words) : Act
{
    // Daemons' tools are not on every user's PATH.
    private const string MorePath = ":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin";

    /// <inheritdoc/>
    public override string Line => string.Join(' ', Words.Select(Quoted));

    /// <inheritdoc/>
    public override string? Fault()
    {
        // env looks the program up, on the path that it is given.
        var start = new ProcessStartInfo("/usr/bin/env", ["LC_ALL=C", "PATH=" + Environment.GetEnvironmentVariable("PATH") + MorePath, .. Words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{Words[0]} ended with {process.ExitCode}. {Terminal.Plain(errors.Trim())}".TrimEnd();
        }
        catch (Win32Exception e)
        {
            return $"{Words[0]} cannot be started: {e.Message}";
        }
    }
}
