using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern rules remove</c>.</summary>
internal static class RulesRemoveCommand
{
    public static Command Create()
    {
        var pin = new Argument<string>("NAME@VERSION") { Description = "the bundle" };
        var config = StandardOptions.Config();
        var command = new ExampledCommand("remove", "Removes an installed bundle that rules.bundles does not list.") { Examples = ["postern rules remove acme-rules@1.2.0"] };
        command.Arguments.Add(pin);
        command.Options.Add(config);
        command.SetAction(parsed =>
        {
            var rules = BundleStore.SettingsOf(parsed, config);
            var named = parsed.GetValue(pin)!;
            if (rules.Bundles.Contains(named))
            {
                throw new ConfigException($"rules.bundles lists '{Terminal.Plain(named)}'; take it out first, or nothing starts any more");
            }

            if (!BundleStore.Installed(rules).Contains(named))
            {
                throw new ConfigException($"'{Terminal.Plain(named)}' is not installed; 'postern rules verify' shows what is");
            }

            File.Delete(BundleStore.PathOf(named, rules));
            return ExitCodes.Ok;
        });
        return command;
    }
}
