using System.Globalization;
using System.Text.Json;

namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>What one definition says that another did not.</summary>
public static class DefinitionDiff
{
    private const int MaxShown = 400;
    private const int MaxSummary = 200;

    /// <summary>The differences, a line each: <c>+ place: text</c>, <c>- place: text</c>, and for a changed text what went and what came.</summary>
    public static IReadOnlyList<string> Lines(Definition before, Definition after)
    {
        var (old, now) = (Leaves(before), Leaves(after));
        var lines = new List<string>();
        foreach (var (place, text) in now)
        {
            if (!old.TryGetValue(place, out var was))
            {
                lines.Add($"+ {place}: {Short(text)}");
            }
            else if (was != text)
            {
                var (gone, come) = Middle(was, text);
                lines.AddRange(gone.Length > 0 ? [$"- {place}: {Short(gone)}"] : []);
                lines.AddRange(come.Length > 0 ? [$"+ {place}: {Short(come)}"] : []);
            }
        }

        lines.AddRange(old.Where(leaf => !now.ContainsKey(leaf.Key)).Select(static leaf => $"- {leaf.Key}: {Short(leaf.Value)}"));
        return lines;
    }

    /// <summary>The places of the differences, for a record: never a text of the server's, and of its names only plain letters.</summary>
    public static string Summary(Definition before, Definition after)
    {
        var (old, now) = (Leaves(before), Leaves(after));
        var places = now.Where(leaf => !old.ContainsKey(leaf.Key)).Select(static leaf => "added " + leaf.Key)
            .Concat(now.Where(leaf => old.TryGetValue(leaf.Key, out var was) && was != leaf.Value)
                .Select(leaf => string.Create(CultureInfo.InvariantCulture, $"changed {leaf.Key} ({leaf.Value.Length - old[leaf.Key].Length:+0;-0;0} characters)")))
            .Concat(old.Where(leaf => !now.ContainsKey(leaf.Key)).Select(static leaf => "removed " + leaf.Key));
        var text = Name(before.Key) + ": " + string.Join(", ", places.Take(5).Select(Name));
        return text.Length > MaxSummary ? text[..MaxSummary] : text;
    }

    /// <summary>A name as it may stand in a record.</summary>
    public static string Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) || "._-:[]()+ ".Contains(c, StringComparison.Ordinal) ? c : '?'));
    }

    private static Dictionary<string, string> Leaves(Definition definition)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(definition.Text, new JsonDocumentOptions { MaxDepth = 128 });
        Walk(document.RootElement, definition.Name, leaves);
        return leaves;
    }

    private static void Walk(JsonElement value, string place, Dictionary<string, string> leaves)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                Walk(member.Value, place + "." + member.Name, leaves);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Walk(item, $"{place}[{index++}]", leaves);
            }
        }
        else
        {
            leaves[place] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }
    }

    /// <summary>Two texts without what both begin and end with.</summary>
    private static (string Gone, string Come) Middle(string before, string after)
    {
        var start = before.AsSpan().CommonPrefixLength(after);
        var end = 0;
        while (end < Math.Min(before.Length, after.Length) - start && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        return (before[start..^end], after[start..^end]);
    }

    private static string Short(string text) => text.Length <= MaxShown ? text : string.Concat(text.AsSpan(0, MaxShown), string.Create(CultureInfo.InvariantCulture, $"… ({text.Length} characters)"));
}
