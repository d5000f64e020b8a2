using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern config</c>.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("config", "Generates, checks, explains, compares and imports configurations.");
        command.Subcommands.Add(ConfigGenerateCommand.Create());
        command.Subcommands.Add(ConfigCheckCommand.Create());
        command.Subcommands.Add(ConfigExplainCommand.Create());
        command.Subcommands.Add(ConfigDiffCommand.Create());
        command.Subcommands.Add(ConfigImportCommand.Create());
        return command;
    }
}
