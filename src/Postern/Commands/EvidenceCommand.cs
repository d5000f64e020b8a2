using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern evidence</c>.</summary>
internal static class EvidenceCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("evidence", "Verifies and shows recorded evidence, offline.");
        command.Subcommands.Add(EvidenceVerifyCommand.Create());
        command.Subcommands.Add(EvidenceShowCommand.Create());
        return command;
    }
}
