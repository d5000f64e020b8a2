using System.CommandLine;
using Postern.Engine.Configuration;

namespace Postern.Program.Commands;

/// <summary><c>postern config diff</c>.</summary>
internal static class ConfigDiffCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("BEFORE") { Description = "the old file" };
        var after = new Argument<string>("AFTER") { Description = "the new file" };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("diff", "Compares two configurations by meaning. Exit code 1 when the new one weakens protection.")
        {
            Examples = ["postern config diff postern.yaml postern-new.yaml"],
        };
        command.Arguments.Add(before);
        command.Arguments.Add(after);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var changes = ConfigDiff.Compare(ConfigFile.Read(parsed.GetValue(before)!).Config!, ConfigFile.Read(parsed.GetValue(after)!).Config!);
            Print(changes, parsed.GetValue(json));
            return changes.Any(static change => change.Effect == ChangeEffect.Weakens) ? ExitCodes.Finding : ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(IReadOnlyList<ConfigChange> changes, bool asJson)
    {
        if (asJson)
        {
            Json.PrintArray(changes, static (writer, change) =>
            {
                writer.WriteString("key", change.Key);
                writer.WriteString("before", change.Before);
                writer.WriteString("after", change.After);
                writer.WriteString("effect", Word(change.Effect));
                writer.WriteBoolean("needs_restart", change.NeedsRestart);
            });
            return;
        }

        foreach (var change in changes)
        {
            var word = Word(change.Effect);
            var painted = change.Effect == ChangeEffect.Weakens ? Terminal.Red(word) : word;
            Console.Out.WriteLine($"{painted}: {change.Key}: {change.Before} -> {change.After}{(change.NeedsRestart ? " (at the next start)" : "")}");
        }

        if (changes.Count == 0)
        {
            Console.Out.WriteLine("Both mean the same.");
        }
    }

    private static string Word(ChangeEffect effect) => effect switch
    {
        ChangeEffect.Weakens => "weakens",
        ChangeEffect.Strengthens => "strengthens",
        _ => "neutral",
    };
}
