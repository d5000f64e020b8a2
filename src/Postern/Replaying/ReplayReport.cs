using Postern.Engine.Policy;

namespace Postern.Program.Replaying;

/// <summary>What a replay says in the end.</summary>
/// <param name="replay">The rulings that were made again.</param>
/// <param name="counts">What else was counted, by name.</param>
/// <param name="blindness">A sentence about what it cannot say.</param>
internal sealed class ReplayReport(PolicyReplay replay, IReadOnlyList<(string Name, long Count)> counts, string blindness)
{
    private IEnumerable<(string Name, long Count)> Counts =>
        [("rulings", replay.Rulings), ("unchanged", replay.Unchanged), ("changed", replay.Changes.Values.Sum(static entry => entry.Count)), ("findings_weighed_anew", replay.Weighed), .. counts];

    private IEnumerable<(ReplayChange Change, long Count, List<string> Examples)> InOrder => replay.Changes
        .OrderByDescending(static pair => pair.Key.Opens).ThenByDescending(static pair => pair.Value.Count).ThenBy(static pair => pair.Key.Rule, StringComparer.Ordinal)
        .Select(static pair => (pair.Key, pair.Value.Count, pair.Value.Examples));

    /// <summary>Prints it for programs.</summary>
    public void PrintJson() => Json.PrintObject(writer =>
    {
        foreach (var (name, count) in Counts)
        {
            writer.WriteNumber(name, count);
        }

        writer.WriteArray("changes", InOrder, static (to, entry) =>
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

    /// <summary>Prints it for people.</summary>
    public void Print()
    {
        foreach (var (change, count, examples) in InOrder)
        {
            var line = $"{count,8}  {WordOf(change.Before)} -> {WordOf(change.After)}  {Terminal.Plain(change.Rule.Length > 0 ? change.Rule : "no grant")}  ({string.Join(", ", examples)})";
            Console.Out.WriteLine(change.Opens ? Terminal.Red(line) : line);
        }

        foreach (var (name, count) in Counts)
        {
            Console.Out.WriteLine($"{count,8}  {name.Replace('_', ' ')}");
        }

        Console.Out.WriteLine("What this cannot say: " + blindness);
        foreach (var (rule, count) in replay.Kept)
        {
            Console.Out.WriteLine($"  {count} times as recorded: {Terminal.Plain(rule)}");
        }
    }

    private static string WordOf(Effect effect) => VerdictNames.Of(effect, isFound: false);
}
