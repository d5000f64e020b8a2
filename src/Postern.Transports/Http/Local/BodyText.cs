using System.Text;

namespace Postern.Transports.Http.Local;

/// <summary>Bytes of a body to text, by byte order mark or declared character set; what does not decode becomes U+FFFD.</summary>
internal static class BodyText
{
    /// <summary>The text. Character sets outside Unicode and Latin-1 are read as UTF-8: unreadable rather than unseen.</summary>
    public static string Decode(ReadOnlySpan<byte> body, string? contentType)
    {
        var (encoding, skip) = body switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            _ => (Declared(contentType), 0),
        };
        return encoding.GetString(body[skip..]);
    }

    private static Encoding Declared(string? contentType)
    {
        const string Key = "charset=";
        var at = contentType?.IndexOf(Key, StringComparison.OrdinalIgnoreCase) ?? -1;
        var name = at < 0 ? string.Empty : contentType![(at + Key.Length)..].Split(';')[0].Trim(' ', '"', '\'');
        return name.ToLowerInvariant() switch
        {
            "iso-8859-1" or "latin1" or "windows-1252" => Encoding.Latin1,
            "utf-16" or "utf-16le" => Encoding.Unicode,
            "utf-16be" => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
    }
}
