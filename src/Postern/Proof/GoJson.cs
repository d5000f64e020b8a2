using System.Globalization;
using System.Text;

namespace Postern.Program.Proof;

/// <summary>
/// JSON byte for byte as Go's standard encoder writes it, which formats of Go programs sign: members in the order given, characters of
/// HTML and the two line separators escaped.
/// </summary>
internal sealed class GoJson
{
    private readonly StringBuilder _text = new("{");

    /// <summary>The object, closed.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text + "}");

    public GoJson Text(string name, string value)
    {
        Name(name).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
        return this;
    }

    /// <summary>A text that is left out when it is empty.</summary>
    public GoJson Optional(string name, string value) => value.Length == 0 ? this : Text(name, value);

    public GoJson Number(string name, long value)
    {
        Name(name).Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    /// <summary>JSON as it stands.</summary>
    public GoJson Raw(string name, string json)
    {
        Name(name).Append(json);
        return this;
    }

    private StringBuilder Name(string name) => _text.Append(_text.Length > 1 ? "," : "").Append('"').Append(name).Append("\":");
}
