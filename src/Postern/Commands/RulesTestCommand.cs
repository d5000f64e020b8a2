using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern rules test</c>.</summary>
internal static class RulesTestCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "a rule file" };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("test", "Compiles a rule file and tries its examples and counter-examples. Exit code 1 when one of them fails.")
        {
            Examples = ["postern rules test my-rules.yaml"],
        };
        command.Arguments.Add(file);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var compiled = RuleFile.Compile(parsed.GetValue(file)!);
            var errors = compiled.Errors.Select(static error => error.ToString()).ToList();
            return RuleFile.Report($"{compiled.Table?.Rules.Count ?? 0} rules; every example matches, no counter-example does.", errors, parsed.GetValue(json));
        });
        return command;
    }
}
