using System.CommandLine;
using Postern.Program.Posture;

namespace Postern.Program.Commands;

/// <summary><c>postern simulate</c>: attacks on the configuration in force, and harmless twins of them.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var config = StandardOptions.Config();
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var categories = new Option<string[]>("--category")
        {
            Description = "only these: " + string.Join(", ", ScenarioCatalogue.All.Select(static category => category.Name)),
            HelpName = "CATEGORY",
            DefaultValueFactory = static _ => [],
        };
        categories.AcceptOnlyFromAmong([.. ScenarioCatalogue.All.Select(static category => category.Name)]);
        var command = new ExampledCommand(
            "simulate",
            "Tries attacks on the configuration through the real transports, between an agent and a world inside this process, and a harmless twin of each. "
            + "Nothing leaves this machine. Exit code 1 when an attack arrived or a twin did not.")
        {
            Examples = ["postern simulate --category dlp", "postern simulate --json"],
        };
        command.Options.Add(config);
        command.Options.Add(home);
        command.Options.Add(categories);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            var loaded = ConfigFile.Load(ConfigFile.Find(parsed.GetValue(config)));
            var report = await SimulationRun.RunAsync(loaded, Home.Find(parsed.GetValue(home)), parsed.GetValue(categories) ?? [], cancel).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                Json.PrintObject(report.WriteJson);
            }
            else
            {
                report.WriteText(Console.Out);
            }

            return report.Failures.Any() ? ExitCodes.Finding : ExitCodes.Ok;
        });
        return command;
    }
}
