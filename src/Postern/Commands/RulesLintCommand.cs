using System.CommandLine;
using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Program.Commands;

/// <summary><c>postern rules lint</c>.</summary>
internal static class RulesLintCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "a rule file" };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("lint", "Like test, and also says what is allowed but will not work well beside the built-in rules.")
        {
            Examples = ["postern rules lint my-rules.yaml"],
        };
        command.Arguments.Add(file);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var compiled = RuleFile.Compile(parsed.GetValue(file)!);
            var complaints = compiled.Errors.Select(static error => error.ToString())
                .Concat(compiled.Table?.Rules.SelectMany(Complaints) ?? []).ToList();
            return RuleFile.Report("Nothing to object to.", complaints, parsed.GetValue(json));
        });
        return command;
    }

    private static IEnumerable<string> Complaints(Rule rule)
    {
        if (KnownRules.Find(rule.Id) is not null)
        {
            yield return $"{rule.Id}: a built-in rule has this id; begin yours with a name of your own";
        }

        if (rule.Core)
        {
            yield return $"{rule.Id}: core is for built-in rules; nobody could ever suppress it";
        }

        if (rule.Confidence == Confidence.Low)
        {
            yield return $"{rule.Id}: confidence low never refuses by itself; say medium or more, or leave the rule out";
        }

        if (!rule.Remedy.TrimEnd().EndsWith('.'))
        {
            yield return $"{rule.Id}: the remedy is a sentence that the reader of a refusal can act on; it ends with a full stop";
        }
    }
}
