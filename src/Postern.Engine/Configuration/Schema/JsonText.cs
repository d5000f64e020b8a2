using System.Globalization;
using System.Text;

namespace Postern.Engine.Configuration.Schema;

/// <summary>Strings as RFC 8785 writes them: shortest escapes, everything else as it is.</summary>
internal static class JsonText
{
    public static void Write(string text, StringBuilder json)
    {
        json.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => json.Append(character),
            };
        }

        json.Append('"');
    }

    /// <summary>As a value in a YAML line. JSON strings are YAML double-quoted scalars.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        Write(text, quoted);
        return quoted.ToString();
    }
}
