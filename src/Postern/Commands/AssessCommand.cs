using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern assess</c>.</summary>
internal static class AssessCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("assess", "What can be shown to an assessor.");
        command.Subcommands.Add(AssessCoverageCommand.Create());
        return command;
    }
}
