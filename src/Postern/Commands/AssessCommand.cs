using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern assess</c>.</summary>
internal static class AssessCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("assess", "A signed assessment of a configuration on this machine, mapped to frameworks: init, run, finalize, verify.");
        foreach (var stage in AssessStages.Create())
        {
            command.Subcommands.Add(stage);
        }

        command.Subcommands.Add(AssessCoverageCommand.Create());
        return command;
    }
}
