using System.CommandLine;
using Postern.Program.Posture;

namespace Postern.Program.Commands;

/// <summary><c>postern audit score</c>: one number for what a configuration really stops.</summary>
internal static class AuditScoreCommand
{
    public static Command Create()
    {
        var config = StandardOptions.Config();
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var gate = new Option<int?>("--ci-gate") { Description = "exit code 1 when the score is below this", HelpName = "MIN" };
        gate.Validators.Add(result =>
        {
            if (result.GetValue(gate) is < 0 or > 100)
            {
                result.AddError("--ci-gate takes a score from 0 to 100");
            }
        });
        var command = new ExampledCommand(
            "score",
            "Measures the configuration with the scenarios of 'postern simulate': 0 to 100 and a letter. Points are for attacks caught, less harmless twins stopped; no setting is worth any.")
        {
            Examples = ["postern audit score", "postern audit score --ci-gate 50 --json"],
        };
        command.Options.Add(config);
        command.Options.Add(home);
        command.Options.Add(gate);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            var loaded = ConfigFile.Load(ConfigFile.Find(parsed.GetValue(config)));
            var score = new PostureScore(await SimulationRun.RunAsync(loaded, Home.Find(parsed.GetValue(home)), [], cancel).ConfigureAwait(false));
            if (parsed.GetValue(json))
            {
                Json.PrintObject(score.WriteJson);
            }
            else
            {
                score.WriteText(Console.Out);
            }

            return score.Value < (parsed.GetValue(gate) ?? 0) ? ExitCodes.Finding : ExitCodes.Ok;
        });
        return command;
    }
}
