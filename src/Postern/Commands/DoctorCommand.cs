using System.CommandLine;
using Postern.Program.Checkup;

namespace Postern.Program.Commands;

/// <summary><c>postern doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var config = StandardOptions.Config();
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var egress = new Option<bool>("--egress") { Description = "try to leave a sandbox by every way that is known, and put the result into the evidence" };
        var command = new ExampledCommand("doctor", "Checks that this machine is ready, and says what to do where it is not. Exit code 1 when a check fails.")
        {
            Examples = ["postern doctor", "postern doctor --egress"],
        };
        command.Options.Add(config);
        command.Options.Add(home);
        command.Options.Add(json);
        command.Options.Add(egress);
        command.SetAction(async (parsed, cancel) =>
        {
            var (path, place) = (ConfigFile.Find(parsed.GetValue(config)), Home.Find(parsed.GetValue(home)));
            var results = await (parsed.GetValue(egress) ? EgressCheck.TryAsync(ConfigFile.Load(path), place, cancel) : Checks.RunAsync(path, place, cancel)).ConfigureAwait(false);
            Print(results, parsed.GetValue(json));
            return results.Any(static result => result.Health == Health.Fail) ? ExitCodes.Finding : ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(IReadOnlyList<CheckResult> results, bool asJson)
    {
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteBoolean("ok", results.All(static result => result.Health != Health.Fail));
                writer.WriteArray("checks", results, static (item, result) => result.WriteJson(item));
            });
            return;
        }

        foreach (var result in results)
        {
            var word = result.Word.PadRight(4);
            var painted = result.Health switch { Health.Ok => Terminal.Green(word), Health.Warn => Terminal.Yellow(word), _ => Terminal.Red(word) };
            Console.Out.WriteLine($"{painted}  {result.Name,-15} {result.Detail}");
            if (result.Advice.Length > 0)
            {
                Console.Out.WriteLine($"{"",20}{result.Advice}");
            }
        }
    }
}
