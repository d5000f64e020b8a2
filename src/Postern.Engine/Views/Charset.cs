using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>In which coding the characters of a text are written.</summary>
public sealed class Charset
{
    /// <summary>How far into a document the declaration of its coding is looked for (HTML Living Standard, 13.2.3.2).</summary>
    private const int MaxDeclarationBytes = 1024;

    private static readonly SearchValues<char> s_nameChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:.+");

    private Charset(Encoding? encoding)
    {
        Encoding = encoding;
        KeepsAscii = encoding is not null && IsPlain(encoding);
    }

    /// <summary>A name that nobody here can read.</summary>
    public static Charset Unknown { get; } = new(null);

    /// <summary>The coding; null for one that is not known, so that the text cannot be read.</summary>
    public Encoding? Encoding { get; }

    /// <summary>True when bytes below 0x80 that begin a character are ASCII, so that ASCII needs no decoding.</summary>
    internal bool KeepsAscii { get; }

    /// <summary>What the label, a byte order mark or the text itself says.</summary>
    /// <param name="contentType">The Content-Type with its parameters; null when there is none.</param>
    /// <param name="content">How the body is read: only text has characters.</param>
    /// <param name="start">The first bytes of the body.</param>
    /// <returns>Null for UTF-8 and its subset ASCII, which need no decoding.</returns>
    public static Charset? Of(string? contentType, ContentKind content, ReadOnlySpan<byte> start)
    {
        if (content is ContentKind.Opaque or ContentKind.Multipart or ContentKind.Form)
        {
            return null;
        }

        // A byte order mark counts for more than what anybody says (WHATWG Encoding, 6.1).
        var marked = start is [0xFF, 0xFE, ..] ? Encoding.Unicode : start is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode : null;
        if (marked is not null)
        {
            return new Charset(marked);
        }

        if (start.StartsWith("\uFEFF"u8))
        {
            return null;
        }

        var name = Parameter(contentType);
        if (name.IsEmpty && content is ContentKind.Html)
        {
            name = Declared(start[..Math.Min(start.Length, MaxDeclarationBytes)]);
        }

        return name.IsEmpty ? null : Named(name);
    }

    /// <summary>What text that is not UTF-8, and does not say what it is, is taken for, as in browsers.</summary>
    internal static Charset Fallback { get; } = Named("windows-1252")!;

    /// <summary>The text in UTF-8; what does not decode becomes U+FFFD.</summary>
    /// <param name="charset">As <see cref="Of"/> found it.</param>
    /// <param name="body">The bytes.</param>
    public static byte[] ToUtf8(Charset? charset, ReadOnlySpan<byte> body)
    {
        charset ??= Utf8.IsValid(body) ? null : Fallback;
        var text = charset is null ? body : Encoding.UTF8.GetBytes((charset.Encoding ?? Encoding.UTF8).GetString(body));
        return (text.StartsWith("\uFEFF"u8) ? text[3..] : text).ToArray();
    }

    private static Charset? Named(ReadOnlySpan<char> name)
    {
        var lower = name.ToString().ToLowerInvariant();
        switch (lower)
        {
            case "utf-8" or "utf8" or "us-ascii" or "ascii" or "unicode-1-1-utf-8" or "binary":
                return null;
            case "iso-8859-1" or "latin1" or "latin-1" or "l1":
                // As in browsers: it differs in what nobody means by it.
                lower = "windows-1252";
                break;
            case "x-sjis" or "ms_kanji" or "windows-31j" or "cp932":
                lower = "shift_jis";
                break;
            case "gbk" or "gb2312" or "gb_2312-80":
                lower = "gb18030";
                break;
            case "utf-7" or "unicode-1-1-utf-7" or "unicode-2-0-utf-7":
                return Unknown;
            default:
                break;
        }

        try
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(lower) ?? Encoding.GetEncoding(lower);
            return encoding.CodePage == Encoding.UTF8.CodePage ? null : new Charset(encoding);
        }
        catch (ArgumentException)
        {
            return Unknown;
        }
        catch (NotSupportedException)
        {
            return Unknown;
        }
    }

    private static bool IsPlain(Encoding encoding)
    {
        // Japanese and Chinese of seven bits are ASCII to whoever does not see the escapes.
        Span<byte> ascii = stackalloc byte[0x80];
        for (var i = 0; i < ascii.Length; i++)
        {
            ascii[i] = (byte)i;
        }

        return encoding.GetString(ascii).AsSpan().SequenceEqual(Encoding.Latin1.GetString(ascii))
            && !encoding.WebName.StartsWith("iso-2022", StringComparison.Ordinal) && !encoding.WebName.StartsWith("hz", StringComparison.Ordinal);
    }

    private static ReadOnlySpan<char> Parameter(string? contentType)
    {
        const string Key = "charset=";
        var at = contentType?.IndexOf(Key, StringComparison.OrdinalIgnoreCase) ?? -1;
        return at < 0 ? default : Value(contentType.AsSpan(at + Key.Length));
    }

    /// <summary>From <c>&lt;meta charset</c>, its older form, or the declaration of XML.</summary>
    private static ReadOnlySpan<char> Declared(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start);
        var xml = text.StartsWith("<?xml", StringComparison.Ordinal) ? text.IndexOf("encoding=", StringComparison.Ordinal) : -1;
        if (xml >= 0)
        {
            return Value(text.AsSpan(xml + 9));
        }

        var meta = text.IndexOf("<meta", StringComparison.OrdinalIgnoreCase);
        var at = meta < 0 ? -1 : text.IndexOf("charset=", meta, StringComparison.OrdinalIgnoreCase);

        // A document that says it is UTF-16 in ASCII is not.
        var name = at < 0 ? default : Value(text.AsSpan(at + 8));
        return name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? default : name;
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" \"'");
        var end = text.IndexOfAnyExcept(s_nameChars);
        return end < 0 ? text : text[..end];
    }
}
