using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern git</c>.</summary>
internal static class GitCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("git", "Keeps secrets out of commits.");
        command.Subcommands.Add(GitScanDiffCommand.Create());
        command.Subcommands.Add(GitInstallHookCommand.Create());
        return command;
    }
}
