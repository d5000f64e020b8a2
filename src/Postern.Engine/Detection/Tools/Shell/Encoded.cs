using System.Text;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Texts that a command line carries in another alphabet.</summary>
internal static class Encoded
{
    /// <summary>The text in base64, UTF-16 where every other byte is zero; null when it is none.</summary>
    public static string? Base64(string text)
    {
        var compact = new string([.. text.Where(c => !char.IsWhiteSpace(c))]).TrimEnd('=').Replace('-', '+').Replace('_', '/');
        var bytes = new byte[compact.Length];
        var padded = compact.PadRight((compact.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var length) ? Text(bytes.AsSpan(0, length)) : null;
    }

    /// <summary>The text in hexadecimal digits; null when it is none.</summary>
    public static string? Hex(string text)
    {
        var digits = text.Replace("\\x", "", StringComparison.Ordinal);
        digits = new string([.. digits.Where(char.IsAsciiHexDigit)]);
        return digits.Length is > 0 && digits.Length % 2 == 0 ? Text(Convert.FromHexString(digits)) : null;
    }

    /// <summary><c>tr</c> with plain ranges, such as the thirteen places that hide a text from nobody.</summary>
    public static string Translate(string text, string from, string to)
    {
        var (a, b) = (Ranges(from), Ranges(to));
        return b.Length == 0 ? text : string.Concat(text.Select(c => a.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? b[Math.Min(at, b.Length - 1)] : c));
    }

    private static string Ranges(string set)
    {
        set = set.Trim('[', ']');
        var all = new StringBuilder();
        for (var at = 0; at < set.Length; at++)
        {
            if (at + 2 < set.Length && set[at + 1] == '-' && set[at] <= set[at + 2] && set[at + 2] < 128)
            {
                for (var c = set[at]; c <= set[at + 2]; c++)
                {
                    all.Append(c);
                }

                at += 2;
            }
            else
            {
                all.Append(set[at]);
            }
        }

        return all.ToString();
    }

    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 4 && bytes.Length % 2 == 0 && bytes[1] == 0 && bytes[3] == 0)
        {
            return Encoding.Unicode.GetString(bytes);
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }
}
