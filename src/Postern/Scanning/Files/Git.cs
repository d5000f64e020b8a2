using System.ComponentModel;
using System.Diagnostics;

namespace Postern.Program.Scanning.Files;

/// <summary>Runs git to read from a repository, without the programs that a repository's own configuration could name.</summary>
internal static class Git
{
    /// <summary>The output of a git command that ends well.</summary>
    /// <exception cref="ConfigException">Git is not installed, or says no; its own words follow.</exception>
    public static byte[] Run(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var git = Process.Start(start)!;
            var errors = git.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            git.StandardOutput.BaseStream.CopyTo(output);
            git.WaitForExit();
            return git.ExitCode == 0 ? output.ToArray() : throw new ConfigException("git: " + Terminal.Plain(errors.GetAwaiter().GetResult().Trim()));
        }
        catch (Win32Exception e)
        {
            throw new ConfigException("git cannot be started: " + e.Message);
        }
    }
}
