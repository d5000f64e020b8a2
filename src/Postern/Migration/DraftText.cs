using System.Text;
using System.Text.Json;
using Postern.Engine.Yaml;

namespace Postern.Program.Migration;

/// <summary>Writes a configuration as YAML for people: short lists on one line, every note above what it is about.</summary>
internal static class DraftText
{
    private const int Width = 110;

    /// <summary>The keys of a section.</summary>
    public static string Of(DraftNode root)
    {
        var text = new StringBuilder();
        Members(text, root, "");
        return text.ToString();
    }

    /// <summary>A text as a scalar: plain where nothing else could be meant, else in quotes as JSON has them.</summary>
    public static string Quoted(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && YamlReader.Read(text).Root is { Type: YamlScalarType.Text }
            ? text
            : $"\"{JsonEncodedText.Encode(text, Json.Line.Encoder)}\"";

    /// <summary>Writes a sentence as comment lines.</summary>
    public static void Comment(StringBuilder to, string indent, string sentence)
    {
        var line = new StringBuilder(indent + "#");
        foreach (var word in sentence.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length > Width)
            {
                to.Append(line).Append('\n');
                line.Clear().Append(indent + "#  ");
            }

            line.Append(' ').Append(word);
        }

        to.Append(line).Append('\n');
    }

    private static void Members(StringBuilder to, DraftNode section, string indent)
    {
        foreach (var (key, value) in section.Members)
        {
            if (value.Note.Length > 0)
            {
                Comment(to, indent, value.Note);
            }

            to.Append(indent).Append(key).Append(':');
            Value(to, value, indent);
        }
    }

    private static void Value(StringBuilder to, DraftNode value, string indent)
    {
        if (value.Members.Count > 0)
        {
            to.Append('\n');
            Members(to, value, indent + "  ");
        }
        else if (value.Items.Any(static item => item.Members.Count > 0))
        {
            to.Append('\n');
            value.Items.ForEach(item => Item(to, item, indent + "  "));
        }
        else if (value.Scalar.Length > 0)
        {
            to.Append(' ').Append(value.Scalar).Append('\n');
        }
        else
        {
            Scalars(to, value.Items, indent);
        }
    }

    private static void Scalars(StringBuilder to, List<DraftNode> items, string indent)
    {
        var line = $" [{string.Join(", ", items.Select(static item => item.Scalar))}]";
        if (line.Length <= Width)
        {
            to.Append(line).Append('\n');
            return;
        }

        to.Append('\n');
        items.ForEach(item => to.Append(indent).Append("  - ").Append(item.Scalar).Append('\n'));
    }

    /// <summary>The first key stands behind the hyphen, the others below it.</summary>
    private static void Item(StringBuilder to, DraftNode item, string indent)
    {
        var text = new StringBuilder();
        Members(text, item, indent + "  ");
        var keys = text.ToString();
        var first = keys.Split('\n').TakeWhile(static line => line.TrimStart().StartsWith('#')).Sum(static line => line.Length + 1);
        to.Append(keys, 0, first).Append(indent).Append("- ").Append(keys.AsSpan(first + indent.Length + 2));
    }
}
