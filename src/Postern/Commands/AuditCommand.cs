using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern audit</c>.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "How well a configuration protects.") { Subcommands = { AuditScoreCommand.Create() } };
}
