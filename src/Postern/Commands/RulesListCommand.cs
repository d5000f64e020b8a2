using System.CommandLine;
using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Program.Commands;

/// <summary><c>postern rules list</c>.</summary>
internal static class RulesListCommand
{
    public static Command Create()
    {
        var category = new Option<string?>("--category")
        {
            Description = "only one of " + string.Join(", ", Enum.GetValues<RuleCategory>().Select(VerdictNames.Of)),
            HelpName = "CATEGORY",
        };
        var bundles = new Option<bool>("--bundles") { Description = "the installed rule bundles instead, and which of them run" };
        var json = StandardOptions.Json();
        var config = StandardOptions.Config();
        var command = new ExampledCommand("list", "Lists every rule, those of bundles that run too, and marks those that a suppression of the configuration touches.") { Examples = ["postern rules list --category injection"] };
        command.Options.Add(category);
        command.Options.Add(bundles);
        command.Options.Add(json);
        command.Options.Add(config);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(bundles))
            {
                return RulesVerifyCommand.VerifyInstalled(BundleStore.SettingsOf(parsed, config));
            }

            var wanted = parsed.GetValue(category);
            var policy = StandardOptions.PolicyOf(parsed, config);
            var rules = RuleText.Known(policy).Where(rule => wanted is null || VerdictNames.Of(rule.Category) == wanted).ToList();
            if (rules.Count == 0)
            {
                throw new ConfigException($"no rule is of category '{Terminal.Plain(wanted ?? "")}'");
            }

            if (parsed.GetValue(json))
            {
                Json.PrintArray(rules, (writer, rule) => RuleText.WriteJson(writer, rule, policy));
                return ExitCodes.Ok;
            }

            var width = rules.Max(static rule => rule.Id.Length);
            foreach (var rule in rules)
            {
                Console.Out.WriteLine($"{rule.Id.PadRight(width)}  {VerdictNames.Of(rule.Severity),-8}  {VerdictNames.Of(rule.Confidence),-7}  {(rule.Core ? "core" : "    ")}  {rule.Title}{Mark(rule, policy)}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static string Mark(Rule rule, PolicySnapshot policy) => RuleText.AcceptedOf(rule, policy).Length switch
    {
        0 => "",
        1 => "  (1 suppression)",
        var many => $"  ({many} suppressions)",
    };
}
