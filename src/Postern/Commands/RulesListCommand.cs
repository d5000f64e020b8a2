using System.CommandLine;
using Postern.Engine.Policy;

namespace Postern.Program.Commands;

/// <summary><c>postern rules list</c>.</summary>
internal static class RulesListCommand
{
    public static Command Create()
    {
        var category = new Option<string?>("--category")
        {
            Description = "only secret, injection, destination, protocol, uninspectable, budget or operation",
            HelpName = "CATEGORY",
        };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("list", "Lists every built-in rule.") { Examples = ["postern rules list --category injection"] };
        command.Options.Add(category);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(category);
            var rules = KnownRules.All.Where(rule => wanted is null || VerdictNames.Of(rule.Category) == wanted).ToList();
            if (rules.Count == 0)
            {
                throw new ConfigException($"no rule is of category '{Terminal.Plain(wanted ?? "")}'");
            }

            if (parsed.GetValue(json))
            {
                Json.PrintArray(rules, RuleText.WriteJson);
                return ExitCodes.Ok;
            }

            var width = rules.Max(static rule => rule.Id.Length);
            foreach (var rule in rules)
            {
                Console.Out.WriteLine($"{rule.Id.PadRight(width)}  {VerdictNames.Of(rule.Severity),-8}  {VerdictNames.Of(rule.Confidence),-7}  {(rule.Core ? "core" : "    ")}  {rule.Title}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
