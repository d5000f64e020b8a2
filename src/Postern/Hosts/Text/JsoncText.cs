using System.Text;
using System.Text.Json;

namespace Postern.Program.Hosts.Text;

/// <summary>JSON with comments.</summary>
internal sealed class JsoncText : ConfigText
{
    private JsoncText(string source, TextNode root) : base(source, root)
    {
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is no JSON, or no object.</exception>
    public static JsoncText Of(string text)
    {
        var root = new JsoncReader(text, MaxDepth).Read();
        return root.Kind == TextKind.Object ? new JsoncText(text, root) : throw new FormatException("line 1: an object was expected");
    }

    /// <inheritdoc/>
    public override string Raw(TextNode node) => Source[node.Start..node.End];

    /// <inheritdoc/>
    public override ConfigText Remove(string[] path)
    {
        var parent = Find(path[..^1]);
        var index = parent?.Members.FindIndex(member => member.Name == path[^1]) ?? -1;
        return index < 0 ? this : Without(parent!, [.. parent!.Members.Select(static member => (member.Start, member.Value.End))], index);
    }

    /// <summary>The text with one more item at the end of a list, which is made when it is missing.</summary>
    public JsoncText Append(string[] path, string raw)
    {
        if (Find(path) is not { Kind: TextKind.Array } list)
        {
            return (JsoncText)Set(path, $"[{raw}]");
        }

        return (JsoncText)(list.Items.Count == 0 ? With(list.Start, list.End, $"[{raw}]") : With(list.Items[^1].End, list.Items[^1].End, "," + LeadOf(list.Items[^1].Start) + raw));
    }

    /// <summary>The text without one item of a list.</summary>
    public JsoncText RemoveItem(TextNode list, int index) => (JsoncText)Without(list, [.. list.Items.Select(static item => (item.Start, item.End))], index);

    /// <inheritdoc/>
    protected override ConfigText Read(string text) => Of(text);

    /// <inheritdoc/>
    protected override ConfigText Insert(string[] path, int known, string raw)
    {
        var into = Find(path[..known])!;
        var member = new StringBuilder();
        foreach (var name in path[known..])
        {
            member.Append(member.Length == 0 ? "" : "{ ").Append('"').Append(JsonEncodedText.Encode(name)).Append("\": ");
        }

        member.Append(raw).Insert(member.Length, " }", path.Length - known - 1);
        if (into.Members.Count > 0)
        {
            var last = into.Members[^1];
            return With(last.Value.End, last.Value.End, "," + LeadOf(last.Start) + member);
        }

        var indent = IndentAt(into.Start);
        var body = $"{{{LineEnd}{indent}  {member}{LineEnd}{indent}}}";
        return into.End == into.Start ? With(into.Start, into.End, body + LineEnd) : With(into.Start, into.End, body);
    }

    /// <summary>What stands between the previous comma or bracket and a place, when it is white space: the next member stands like this one.</summary>
    private string LeadOf(int at)
    {
        var start = at;
        while (start > 0 && char.IsWhiteSpace(Source[start - 1]))
        {
            start--;
        }

        var lead = Source[start..at];
        return lead.Contains('\n', StringComparison.Ordinal) ? LineEnd + IndentAt(at) : " ";
    }

    /// <summary>Takes one of several out, with the comma that belongs to it and the line it leaves empty.</summary>
    private ConfigText Without(TextNode parent, (int Start, int End)[] all, int index)
    {
        var (start, end) = all[index];
        if (all.Length == 1)
        {
            // Comments may stay behind; a list or object of white space alone closes up.
            var isBare = string.IsNullOrWhiteSpace(Source[(parent.Start + 1)..start]) && string.IsNullOrWhiteSpace(Source[end..(parent.End - 1)].Replace(",", "", StringComparison.Ordinal));
            return isBare ? With(parent.Start + 1, parent.End - 1, "") : With(start, end, "");
        }

        if (index == all.Length - 1)
        {
            // Back to the previous value's end, but not over what is said between; its comma becomes the trailing one where there was one.
            var before = all[index - 1].End;
            var comma = CommaBehind(before);
            var isBare = string.IsNullOrWhiteSpace(Source[(comma + 1)..start]);
            return isBare ? With(comma, end, "") : ((JsoncText)With(start, end, "")).WithoutCharacter(comma);
        }

        var behind = CommaBehind(end) + 1;
        while (behind < Source.Length && Source[behind] is ' ' or '\t')
        {
            behind++;
        }

        var from = start;
        if (behind < Source.Length && Source[behind] is '\r' or '\n')
        {
            behind += Source[behind] == '\r' ? 2 : 1;
            from -= IndentAt(start).Length;
        }

        return With(from, behind, "");
    }

    private ConfigText WithoutCharacter(int at) => With(at, at + 1, "");

    /// <summary>The comma behind a value; comments may stand before it.</summary>
    private int CommaBehind(int at)
    {
        while (Source[at] != ',')
        {
            at = Source.AsSpan(at) switch
            {
                var rest when rest.StartsWith("//") => Source.IndexOf('\n', at),
                var rest when rest.StartsWith("/*") => Source.IndexOf("*/", at, StringComparison.Ordinal) + 2,
                _ => at + 1,
            };
        }

        return at;
    }
}
