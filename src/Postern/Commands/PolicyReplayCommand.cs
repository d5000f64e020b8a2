using System.CommandLine;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Policy;
using Postern.Program.Replaying;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern policy replay</c>.</summary>
internal static class PolicyReplayCommand
{
    public static Command Create()
    {
        var evidence = new Option<string?>("--evidence") { Description = "the evidence whose rulings are made again; else the one in the home directory", HelpName = "PATH" };
        var config = new Option<string>("--config", "-c") { Description = "the configuration to try", HelpName = "FILE", Required = true };
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand(
            "replay",
            "Says what another configuration would have decided, by rule: destinations are judged anew, recorded findings are weighed anew. It says too what it could not judge, since records hold no content. "
            + "Exit code 1 when something that did not pass would pass, 3 when the evidence does not hold.")
        {
            Examples = ["postern policy replay --config postern-new.yaml"],
        };
        command.Options.Add(evidence);
        command.Options.Add(config);
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            var files = EvidenceSource.FilesAt(parsed.GetValue(evidence) ?? Home.Find(parsed.GetValue(home)).Evidence);
            var verification = EvidenceVerifier.Verify(files, new VerificationDemand(""), OpenSslEd25519.OrManaged());
            if (files.Count > 0 && !verification.Sound)
            {
                Terminal.Fail($"the evidence does not hold: {verification.Failure}");
                return ExitCodes.Tampered;
            }

            var replay = new PolicyReplay(ConfigFile.Load(Path.GetFullPath(parsed.GetValue(config)!)), TimeProvider.System.GetUtcNow());
            foreach (var record in EvidenceLog.Read(files))
            {
                await replay.AddAsync(record, cancel).ConfigureAwait(false);
            }

            if (parsed.GetValue(json))
            {
                PrintJson(replay);
            }
            else
            {
                Print(replay);
            }

            return replay.Changes.Keys.Any(static change => change.Opens) ? ExitCodes.Finding : ExitCodes.Ok;
        });
        return command;
    }

    private static IEnumerable<(ReplayChange Change, long Count, List<string> Examples)> InOrder(PolicyReplay replay) => replay.Changes
        .OrderByDescending(static pair => pair.Key.Opens).ThenByDescending(static pair => pair.Value.Count).ThenBy(static pair => pair.Key.Rule, StringComparer.Ordinal)
        .Select(static pair => (pair.Key, pair.Value.Count, pair.Value.Examples));

    private static void PrintJson(PolicyReplay replay) => Json.PrintObject(writer =>
    {
        foreach (var (name, count) in Counts(replay))
        {
            writer.WriteNumber(name, count);
        }

        writer.WriteArray("changes", InOrder(replay), static (to, entry) =>
        {
            to.WriteString("rule", entry.Change.Rule);
            to.WriteString("before", WordOf(entry.Change.Before));
            to.WriteString("after", WordOf(entry.Change.After));
            to.WriteBoolean("opens", entry.Change.Opens);
            to.WriteNumber("count", entry.Count);
            to.WriteTexts("examples", entry.Examples);
        });
        writer.WriteStartObject("kept_as_recorded");
        foreach (var (rule, count) in replay.Kept)
        {
            writer.WriteNumber(rule, count);
        }

        writer.WriteEndObject();
    });

    private static void Print(PolicyReplay replay)
    {
        foreach (var (change, count, examples) in InOrder(replay))
        {
            var line = $"{count,8}  {WordOf(change.Before)} -> {WordOf(change.After)}  {Terminal.Plain(change.Rule.Length > 0 ? change.Rule : "no grant")}  ({string.Join(", ", examples)})";
            Console.Out.WriteLine(change.Opens ? Terminal.Red(line) : line);
        }

        foreach (var (name, count) in Counts(replay))
        {
            Console.Out.WriteLine($"{count,8}  {name.Replace('_', ' ')}");
        }

        Console.Out.WriteLine("What this cannot say: what rules would find in contents, which no record holds; what names resolve to now; what sequences of messages would add up to.");
        foreach (var (rule, count) in replay.Kept)
        {
            Console.Out.WriteLine($"  {count} times as recorded: {Terminal.Plain(rule)}");
        }
    }

    private static IEnumerable<(string Name, long Count)> Counts(PolicyReplay replay) =>
    [
        ("rulings", replay.Rulings), ("unchanged", replay.Unchanged), ("changed", replay.Changes.Values.Sum(static entry => entry.Count)), ("destinations_judged_anew", replay.Destinations),
        ("findings_weighed_anew", replay.Weighed), ("messages_without_content", replay.WithoutContent), ("decided_by_circumstances", replay.Circumstances),
    ];

    private static string WordOf(Effect effect) => VerdictNames.Of(effect, isFound: false);
}
