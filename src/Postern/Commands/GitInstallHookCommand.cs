using System.CommandLine;
using System.Text;
using Postern.Program.Scanning.Files;

namespace Postern.Program.Commands;

/// <summary><c>postern git install-hook</c>.</summary>
internal static class GitInstallHookCommand
{
    private const string Mark = "# made by 'postern git install-hook'";

    public static Command Create()
    {
        var force = new Option<bool>("--force") { Description = "replace a hook that somebody else made" };
        var command = new ExampledCommand("install-hook", "Makes the repository's pre-commit hook run 'postern git scan-diff --staged'.") { Examples = ["postern git install-hook"] };
        command.Options.Add(force);
        command.SetAction(parsed => Install(parsed.GetValue(force)));
        return command;
    }

    private static int Install(bool force)
    {
        var here = Environment.CurrentDirectory;
        var hooks = Encoding.UTF8.GetString(Git.Run(here, "rev-parse", "--git-path", "hooks")).TrimEnd('\n', '\r');
        var path = Path.Combine(Path.GetFullPath(hooks, here), "pre-commit");
        if (!force && File.Exists(path) && !File.ReadAllText(path).Contains(Mark, StringComparison.Ordinal))
        {
            throw new ConfigException($"{path} is there already; call 'postern git scan-diff --staged' in it, or replace it with --force");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Quoted for the shell, which reads the hook on every platform. If the program is gone, the commit fails.
        var program = (Environment.ProcessPath ?? "postern").Replace("'", "'\\''", StringComparison.Ordinal);
        File.WriteAllText(path, $"#!/bin/sh\n{Mark}\nexec '{program}' git scan-diff --staged\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        Console.Out.WriteLine(path);
        return ExitCodes.Ok;
    }
}
