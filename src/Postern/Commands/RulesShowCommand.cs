using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern rules show</c>.</summary>
internal static class RulesShowCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "the rule's id" };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("show", "Says what a rule guards against and what to do about it.")
        {
            Examples = ["postern rules show destination.metadata-address"],
        };
        command.Arguments.Add(id);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            RuleText.Print(RuleText.Require(parsed.GetValue(id)!), parsed.GetValue(json));
            return ExitCodes.Ok;
        });
        return command;
    }
}
