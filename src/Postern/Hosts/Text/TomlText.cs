using System.Text.Json;

namespace Postern.Program.Hosts.Text;

/// <summary>TOML. Texts and lists of texts are written as in JSON, which TOML reads alike.</summary>
internal sealed class TomlText : ConfigText
{
    private TomlText(string source, TextNode root) : base(source, root)
    {
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is no TOML.</exception>
    public static TomlText Of(string text) => new(text, new TomlReader(text, MaxDepth).Read());

    /// <summary>Of a table all its lines, which end with a line's end as no other value does.</summary>
    public override string Raw(TextNode node) => node.Lines.Count == 0
        ? Source[node.Start..node.End]
        : string.Concat(node.Lines.Select(line => Whole(Source[line.Start..line.End])));

    /// <inheritdoc/>
    public override ConfigText Remove(string[] path)
    {
        var parent = Find(path[..^1]);
        var member = parent?.Members.Find(candidate => candidate.Name == path[^1]);
        if (parent is null || member is null)
        {
            return this;
        }

        if (IsInline(parent))
        {
            return WithoutInline(parent, member);
        }

        List<(int Start, int End)> lines = member.Value.Lines.Count > 0 || IsImplicit(member.Value) ? [.. LinesOf(member.Value)] : [(member.Start - IndentAt(member.Start).Length, LineAfter(member.Value.End))];
        ConfigText text = this;
        foreach (var (start, end) in lines.Distinct().OrderByDescending(static line => line.Start))
        {
            text = ((TomlText)text).Cut(start, end);
        }

        return text;
    }

    /// <inheritdoc/>
    protected override ConfigText Read(string text) => Of(text);

    /// <inheritdoc/>
    protected override ConfigText Insert(string[] path, int known, string raw)
    {
        if (raw.EndsWith('\n') && raw.StartsWith('['))
        {
            return With(Source.Length, Source.Length, (Source.Length == 0 || Source.EndsWith('\n') ? "" : LineEnd) + raw);
        }

        var into = Find(path[..known])!;
        var isLines = raw.EndsWith('\n');
        var statement = isLines ? raw : Quoted(path[known]) + " = " + string.Concat(path[(known + 1)..].Select(static name => "{ " + Quoted(name) + " = ")) + raw + string.Concat(Enumerable.Repeat(" }", path.Length - known - 1));
        if (IsInline(into))
        {
            return into.Members.Count == 0
                ? With(into.Start, into.End, "{ " + statement + " }")
                : With(into.Members[^1].Value.End, into.Members[^1].Value.End, ", " + statement);
        }

        // Behind the last of its own lines; tables of their own come later in the file.
        var last = into.Members.FindLast(member => member.Value.Lines.Count == 0 && !IsImplicit(member.Value));
        if (last is null)
        {
            var head = into.Lines.Count == 0 ? 0 : LineAfter(into.Lines[0].Start);
            return With(head, head, isLines ? raw : statement + LineEnd);
        }

        var at = LineAfter(last.Value.End);
        var before = Source[..at].EndsWith('\n') ? "" : LineEnd;
        return With(at, at, before + (isLines ? raw : IndentAt(last.Start) + PrefixOf(last.Start) + statement + LineEnd));
    }

    private static string Quoted(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? name : $"\"{JsonEncodedText.Encode(name)}\"";

    /// <summary>The names in front of the last one of a dotted key: <c>a.b.</c> of <c>a.b.c = 1</c>; nothing else has any.</summary>
    private string PrefixOf(int at)
    {
        var key = Source[at..Source.IndexOf('=', at)];
        return key.Contains('"', StringComparison.Ordinal) || key.LastIndexOf('.') < 0 ? "" : key[..(key.LastIndexOf('.') + 1)];
    }

    /// <summary>True for an object in braces: it has no lines of its own, and stands where it begins.</summary>
    private bool IsInline(TextNode node) => node.Kind == TextKind.Object && node != Root && node.End > node.Start;

    /// <summary>True for a table that only others' names speak of.</summary>
    private static bool IsImplicit(TextNode node) => node.Kind == TextKind.Object && node.End == 0;

    private static IEnumerable<(int Start, int End)> LinesOf(TextNode node) => node.Lines
        .Concat(node.Members.Where(static member => member.Value.Kind == TextKind.Object).SelectMany(static member => LinesOf(member.Value)));

    private ConfigText WithoutInline(TextNode parent, TextMember member)
    {
        var index = parent.Members.IndexOf(member);
        var (start, end) = parent.Members.Count == 1 ? (parent.Start + 1, parent.End - 1)
            : index == 0 ? (member.Start, parent.Members[1].Start)
            : (parent.Members[index - 1].Value.End, member.Value.End);
        return With(start, end, "");
    }

    private ConfigText Cut(int start, int end) => With(start, end, "");

    private int LineAfter(int at)
    {
        var end = Source.IndexOf('\n', at);
        return end < 0 ? Source.Length : end + 1;
    }

    private static string Whole(string line) => line.EndsWith('\n') ? line : line + "\n";
}
