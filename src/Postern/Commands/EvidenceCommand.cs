using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern evidence</c>.</summary>
internal static class EvidenceCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("evidence", "Verifies, shows and proves recorded evidence, offline.");
        command.Subcommands.Add(EvidenceVerifyCommand.Create());
        command.Subcommands.Add(EvidenceShowCommand.Create());
        command.Subcommands.Add(EvidenceStatsCommand.Create());
        command.Subcommands.Add(EvidenceProveCommand.Create());
        command.Subcommands.Add(EvidenceCheckpointCommand.Create());
        command.Subcommands.Add(EvidenceManifestCommand.Create());
        command.Subcommands.Add(EvidenceExportCommand.Create());
        return command;
    }
}
