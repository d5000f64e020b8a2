using System.CommandLine;
using Postern.Program.Posture;

namespace Postern.Program.Commands;

/// <summary><c>postern assess coverage</c>: what is claimed of a framework, and on what ground.</summary>
internal static class AssessCoverageCommand
{
    public static Command Create()
    {
        string[] names = [.. FrameworkCatalogue.All.Select(static framework => framework.Name)];
        var name = new Argument<string>("FRAMEWORK") { Description = string.Join(", ", names) };
        name.AcceptOnlyFromAmong(names);
        var command = new ExampledCommand("coverage", "Prints what Postern claims of each threat or control of a framework, and the scenarios and tests that it rests on, as Markdown.")
        {
            Examples = ["postern assess coverage owasp-mcp"],
        };
        command.Arguments.Add(name);
        command.SetAction(parsed => FrameworkCatalogue.WritePage(FrameworkCatalogue.All.Single(framework => framework.Name == parsed.GetValue(name)), Console.Out));
        return command;
    }
}
