using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern policy</c>.</summary>
internal static class PolicyCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("policy", "Tries a configuration before it is in force.");
        command.Subcommands.Add(PolicyReplayCommand.Create());
        return command;
    }
}
