using System.Globalization;

namespace Postern.Engine.Yaml;

/// <summary>One value of a YAML document with its place in the file.</summary>
public sealed class YamlNode
{
    private YamlNode(YamlKind kind, int line, int column) => (Kind, Line, Column) = (kind, line, column);

    /// <summary>Its shape.</summary>
    public YamlKind Kind { get; }

    /// <summary>1-based.</summary>
    public int Line { get; }

    /// <summary>1-based.</summary>
    public int Column { get; }

    /// <summary>The scalar's text; empty for the other kinds.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The scalar's type; <see cref="YamlScalarType.Text"/> for the other kinds.</summary>
    public YamlScalarType Type { get; private init; }

    /// <summary>The elements of a sequence; empty for the other kinds.</summary>
    public IReadOnlyList<YamlNode> Items { get; private init; } = [];

    /// <summary>The keys of a mapping in file order, each at most once; empty for the other kinds.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; private init; } = [];

    /// <summary>True for a key without a value.</summary>
    public bool IsNull => Kind == YamlKind.Scalar && Type == YamlScalarType.Null;

    internal static YamlNode Scalar(int line, int column, string text, bool plain) =>
        new(YamlKind.Scalar, line, column) { Text = text, Type = plain ? TypeOf(text) : YamlScalarType.Text };

    internal static YamlNode Sequence(int line, int column, IReadOnlyList<YamlNode> items) =>
        new(YamlKind.Sequence, line, column) { Items = items };

    internal static YamlNode Mapping(int line, int column, IReadOnlyList<YamlEntry> entries) =>
        new(YamlKind.Mapping, line, column) { Entries = entries };

    /// <summary>The value of a key, or null when this is not a mapping or has no such key.</summary>
    public YamlNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Text == key)
            {
                return entry.Value;
            }
        }

        return null;
    }

    private static YamlScalarType TypeOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => YamlScalarType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => YamlScalarType.Flag,
        _ => NumberTypeOf(text),
    };

    private static YamlScalarType NumberTypeOf(string text)
    {
        var digits = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        if (digits.IsEmpty || !(char.IsAsciiDigit(digits[0]) || digits[0] == '.'))
        {
            return YamlScalarType.Text;
        }

        if (!digits.ContainsAnyExceptInRange('0', '9'))
        {
            return YamlScalarType.Whole;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out _) ? YamlScalarType.Decimal : YamlScalarType.Text;
    }
}
