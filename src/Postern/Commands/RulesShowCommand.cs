using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern rules show</c>.</summary>
internal static class RulesShowCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "the rule's id" };
        var json = StandardOptions.Json();
        var config = StandardOptions.Config();
        var command = new ExampledCommand("show", "Says what a rule guards against, what to do about it, and where the configuration accepts it.")
        {
            Examples = ["postern rules show destination.metadata-address"],
        };
        command.Arguments.Add(id);
        command.Options.Add(json);
        command.Options.Add(config);
        command.SetAction(parsed =>
        {
            var policy = StandardOptions.PolicyOf(parsed, config);
            var rule = RuleText.Require(parsed.GetValue(id)!, policy);
            var from = policy.Policy.Bundles.FirstOrDefault(bundle => bundle.Table.Rules.Contains(rule));
            RuleText.Print(rule, parsed.GetValue(json), RuleText.AcceptedOf(rule, policy), from?.Head.Pin);
            return ExitCodes.Ok;
        });
        return command;
    }
}
