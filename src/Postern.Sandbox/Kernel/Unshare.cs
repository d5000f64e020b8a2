using System.ComponentModel;
using System.Diagnostics;

namespace Postern.Sandbox.Kernel;

/// <summary>util-linux's <c>unshare</c>: namespaces must be made before there are threads, and this program always has some.</summary>
internal static class Unshare
{
    // The shell stays as process 1: it waits, reaps what others leave, and is not stopped by signals meant for the command.
    private const string AsProcessOne = "\"$@\"; exit $?";

    private static readonly string[] s_places = ["/usr/bin/unshare", "/bin/unshare", "/usr/local/bin/unshare"];

    private static readonly string[] s_flags =
    [
        "--user", "--map-current-user", "--keep-caps", "--net", "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child=KILL",
    ];

    /// <summary>Where it is; null when it is not installed.</summary>
    public static string? Program { get; } = Array.Find(s_places, File.Exists);

    /// <summary>The arguments that put <paramref name="command"/> into namespaces of its own.</summary>
    public static IEnumerable<string> Around(IEnumerable<string> command) => [.. s_flags, "--", "/bin/sh", "-c", AsProcessOne, "sh", .. command];

    /// <summary>Why namespaces cannot be used here; empty when they can. Found out by making some: sysctls, containers and security modules all have a say.</summary>
    public static string Fault()
    {
        if (Program is null)
        {
            return "needs the program unshare (package util-linux)";
        }

        try
        {
            var start = new ProcessStartInfo(Program, [.. s_flags, "--mount-proc", "--", "/bin/true"]) { RedirectStandardError = true, RedirectStandardInput = true, RedirectStandardOutput = true };
            using var trial = Process.Start(start)!;
            var errors = trial.StandardError.ReadToEnd();
            trial.WaitForExit();
            return trial.ExitCode == 0 ? "" : "the kernel refuses them: " + errors.Trim().Split('\n')[0];
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
