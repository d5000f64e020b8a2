namespace Postern.Program.Hosts.Text;

/// <summary>
/// A configuration file of somebody else, as text. It is edited in place: what is not edited keeps every character, comments, order and
/// members that nobody here knows. Immutable; an edit gives another text.
/// </summary>
/// <param name="source">The file's characters.</param>
/// <param name="root">What stands in them.</param>
internal abstract class ConfigText(string source, TextNode root)
{
    /// <summary>Deeper files are nobody's configuration.</summary>
    protected const int MaxDepth = 64;

    /// <summary>The file's characters.</summary>
    public string Source => source;

    /// <summary>What stands in them.</summary>
    public TextNode Root => root;

    /// <summary>How the file ends its lines.</summary>
    protected string LineEnd => source.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>The value at a path; null when there is none.</summary>
    public TextNode? Find(params IEnumerable<string> path)
    {
        var node = root;
        foreach (var name in path)
        {
            if (node?[name] is not { } inner)
            {
                return null;
            }

            node = inner;
        }

        return node;
    }

    /// <summary>A value as it is written.</summary>
    public abstract string Raw(TextNode node);

    /// <summary>The text with a value at a path; what is missing of the path is made.</summary>
    /// <param name="path">From the root.</param>
    /// <param name="raw">The value as it is to be written: a text or a list of texts as in JSON, or what <see cref="Raw"/> gave.</param>
    public ConfigText Set(string[] path, string raw)
    {
        if (Find(path) is { } there && there.Lines.Count == 0)
        {
            return With(there.Start, there.End, raw);
        }

        var known = path.Length - 1;
        while (known > 0 && Find(path[..known]) is not { Kind: TextKind.Object })
        {
            known--;
        }

        return Insert(path, known, raw);
    }

    /// <summary>The text without the value at a path.</summary>
    public abstract ConfigText Remove(string[] path);

    /// <summary>Adds a member to the object that the first <paramref name="known"/> names lead to; those behind it are made around the value.</summary>
    protected abstract ConfigText Insert(string[] path, int known, string raw);

    /// <summary>Reads the text of the same format.</summary>
    protected abstract ConfigText Read(string text);

    /// <summary>The text with something else between two places.</summary>
    protected ConfigText With(int start, int end, string instead) => Read(string.Concat(source.AsSpan(0, start), instead, source.AsSpan(end)));

    /// <summary>The white space in front of a place, back to the line before.</summary>
    protected string IndentAt(int at)
    {
        var line = source.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        var end = line;
        while (end < at && source[end] is ' ' or '\t')
        {
            end++;
        }

        return source[line..end];
    }
}
