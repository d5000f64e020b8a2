using System.ComponentModel;
using System.Diagnostics;

namespace Postern.Program.Containing;

/// <summary>Runs a program to its end; exit code 0 is well.</summary>
/// <param name="Words">The program and its arguments; no shell interprets them.</param>
internal sealed record RunAct(params string[] Words) : Act
{
    // Daemons' tools are not on every user's PATH.
    private const string MorePath = ":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin";

    /// <inheritdoc/>
    public override string Line => string.Join(' ', Words.Select(Quoted));

    /// <inheritdoc/>
    public override string? Fault()
    {
        // The shell gives the program nothing to read and looks it up, on the path that it is given; the words are its arguments, not its script.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" </dev/null", "sh", .. Words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + MorePath;
        try
        {
            using var process = Process.Start(start)!;
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
