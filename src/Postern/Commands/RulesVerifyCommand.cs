using System.CommandLine;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection.Rules.Bundles;

namespace Postern.Program.Commands;

/// <summary><c>postern rules verify</c>.</summary>
internal static class RulesVerifyCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "a bundle or a folder of them; else all that are installed", Arity = ArgumentArity.ZeroOrOne };
        var config = StandardOptions.Config();
        var command = new ExampledCommand("verify", "Checks a bundle, or all that are installed, and says which run. Exit code 3 when one was changed or is signed by nobody who is trusted, 1 when something else keeps it from running.")
        {
            Examples = ["postern rules verify", "postern rules verify acme-rules@1.2.0.bundle"],
        };
        command.Arguments.Add(file);
        command.Options.Add(config);
        command.SetAction(parsed =>
        {
            var rules = BundleStore.SettingsOf(parsed, config);
            return parsed.GetValue(file) is { } named
                ? BundleStore.FilesAt(named).Select(path => Verify(path, rules, "")).ToList().Max()
                : VerifyInstalled(rules);
        });
        return command;
    }

    /// <summary>Prints every bundle that is installed or should be, and whether it runs; the exit code is that of the worst.</summary>
    public static int VerifyInstalled(RulesSection rules) => BundleStore.Installed(rules).Union(rules.Bundles)
        .Select(pin => Verify(BundleStore.PathOf(pin, rules), rules, rules.Bundles.Contains(pin) ? ", runs" : ", not in rules.bundles"))
        .DefaultIfEmpty(ExitCodes.Ok).ToList().Max();

    /// <summary>Prints why a bundle does not hold.</summary>
    public static int Complain(string path, BundleOpening opened)
    {
        foreach (var error in opened.Errors)
        {
            Terminal.Fail($"{Terminal.Plain(path)}: {error}");
        }

        return opened.IsUnsound ? ExitCodes.Tampered : ExitCodes.Finding;
    }

    private static int Verify(string path, RulesSection rules, string state)
    {
        var opened = BundleStore.Open(path, rules);
        if (opened.Bundle is not { } bundle)
        {
            return Complain(path, opened);
        }

        Console.Out.WriteLine($"{bundle.Head.Pin}: {bundle.Table.Rules.Count} rules, publisher {bundle.Head.Publisher}{state}");
        return ExitCodes.Ok;
    }
}
