using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern rules</c>.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("rules", "The catalogue of detection rules, and rule files and bundles of your own.");
        command.Subcommands.Add(RulesListCommand.Create());
        command.Subcommands.Add(RulesShowCommand.Create());
        command.Subcommands.Add(RulesTestCommand.Create());
        command.Subcommands.Add(RulesLintCommand.Create());
        command.Subcommands.Add(RulesPackCommand.Create());
        command.Subcommands.Add(RulesInstallCommand.Create());
        command.Subcommands.Add(RulesInstallCommand.CreateUpdate());
        command.Subcommands.Add(RulesVerifyCommand.Create());
        command.Subcommands.Add(RulesRemoveCommand.Create());
        return command;
    }
}
