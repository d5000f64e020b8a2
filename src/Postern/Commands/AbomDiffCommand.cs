using System.CommandLine;
using Postern.Program.Abom;

namespace Postern.Program.Commands;

/// <summary><c>postern abom diff</c>.</summary>
internal static class AbomDiffCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("BEFORE") { Description = "the older bill of materials" };
        var after = new Argument<string>("AFTER") { Description = "the newer one" };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("diff", "Compares two bills of materials. Exit code 1 when they differ.")
        {
            Examples = ["postern abom diff before.cdx.json after.cdx.json"],
        };
        command.Arguments.Add(before);
        command.Arguments.Add(after);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var changes = BomDiff.Compare(parsed.GetValue(before)!, parsed.GetValue(after)!);
            Print(changes, parsed.GetValue(json));
            return changes.Count == 0 ? ExitCodes.Ok : ExitCodes.Finding;
        });
        return command;
    }

    private static void Print(IReadOnlyList<BomChange> changes, bool asJson)
    {
        if (asJson)
        {
            Json.PrintArray(changes, static (writer, change) =>
            {
                writer.WriteString("change", change.Change);
                writer.WriteString("entry", change.Entry);
                writer.WriteString("before", change.Before);
                writer.WriteString("after", change.After);
            });
            return;
        }

        foreach (var change in changes)
        {
            var states = string.Join(" -> ", new[] { change.Before, change.After }.Where(static state => state.Length > 0));
            Console.Out.WriteLine(Terminal.Plain($"{change.Change}: {change.Entry}{(states.Length > 0 ? ": " + states : "")}"));
        }

        if (changes.Count == 0)
        {
            Console.Out.WriteLine("Both list the same.");
        }
    }
}
