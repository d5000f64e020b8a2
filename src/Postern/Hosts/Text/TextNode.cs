namespace Postern.Program.Hosts.Text;

/// <summary>A value and where it stands in its file.</summary>
/// <param name="kind">What it is.</param>
/// <param name="start">Where it begins.</param>
internal sealed class TextNode(TextKind kind, int start)
{
    /// <summary>What it is.</summary>
    public TextKind Kind => kind;

    /// <summary>Where it begins.</summary>
    public int Start => start;

    /// <summary>Where it has ended.</summary>
    public int End { get; set; }

    /// <summary>A text's characters, without quotes and escapes.</summary>
    public string Text { get; init; } = "";

    /// <summary>An object's members, in the file's order.</summary>
    public List<TextMember> Members { get; } = [];

    /// <summary>A list's items.</summary>
    public List<TextNode> Items { get; } = [];

    /// <summary>Where lines about this value stand, beginning and end of each, when they are not the value's own place: a table's header and body, a dotted key.</summary>
    public List<(int Start, int End)> Lines { get; } = [];

    /// <summary>A member's value; null when there is none of that name, or this is no object.</summary>
    public TextNode? this[string name] => Members.Find(member => member.Name == name)?.Value;

    /// <summary>The texts of a list; null when it is none, or holds anything else.</summary>
    public string[]? Texts => Kind == TextKind.Array && Items.TrueForAll(static item => item.Kind == TextKind.String) ? [.. Items.Select(static item => item.Text)] : null;

    /// <summary>Adds a member.</summary>
    /// <exception cref="FormatException">There is one of that name: nobody knows which one its reader takes.</exception>
    public void Add(TextMember member)
    {
        if (this[member.Name] is not null)
        {
            throw new FormatException($"'{Terminal.Plain(member.Name)}' stands there twice");
        }

        Members.Add(member);
    }
}
