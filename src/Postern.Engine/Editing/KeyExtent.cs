using System.Buffers;
using System.Buffers.Text;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Editing;

/// <summary>How far a private key reaches behind the line that gave it away, whatever ends its lines were given.</summary>
internal static class KeyExtent
{
    /// <summary>A line of a key that no closing line follows; shorter ones with padding.</summary>
    private const int MinLine = 24;

    /// <summary>The shortest OpenSSH key in characters, somewhat less than an Ed25519 one without comment.</summary>
    private const int OpenSshCharacters = 320;

    private static readonly SearchValues<byte> s_members =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>The bytes of <paramref name="rest"/> that belong to the key before it.</summary>
    /// <param name="rest">What follows the match in its leaf.</param>
    /// <param name="isFramed">True when an opening line was seen: all that follows is its key where no closing line stands.</param>
    public static int Of(ReadOnlySpan<byte> rest, bool isFramed)
    {
        var closed = Closed(rest);
        return closed == 0 && isFramed ? rest.Length : Lines(rest, closed);
    }

    /// <summary>True for the first lines of a key whose other lines stand elsewhere.</summary>
    /// <param name="key">From the first character of its base64.</param>
    public static bool IsCutShort(ReadOnlySpan<byte> key)
    {
        Span<byte> head = stackalloc byte[6];
        if (key.Length < 8 || Base64.DecodeFromUtf8(key[..8], head, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        // X.690 §8.1.3: SEQUENCE, its length in one byte, or in one or two more.
        var bytes = head[0] != 0x30 ? OpenSshCharacters / 4 * 3
            : head[1] == 0x82 ? 4 + (head[2] << 8 | head[3])
            : head[1] == 0x81 ? 3 + head[2] : 2 + head[1];
        var have = 0;
        foreach (var b in key)
        {
            have += s_members.Contains(b) && b != '=' ? 1 : 0;
        }

        return have / 4 * 3 + 3 < bytes;
    }

    /// <summary>The end of the last closing line before another block begins: one in the middle may be forged.</summary>
    private static int Closed(ReadOnlySpan<byte> rest)
    {
        var next = rest.IndexOf("-----BEGIN"u8);
        var own = next < 0 ? rest : rest[..next];
        var last = own.LastIndexOf("-----END"u8);
        if (last < 0)
        {
            return 0;
        }

        var text = last + "-----END"u8.Length;
        var close = own[text..].IndexOf("-----"u8);
        return close < 0 ? own.Length : text + close + 5;
    }

    /// <summary>Goes on over lines of base64, with what stands between them.</summary>
    private static int Lines(ReadOnlySpan<byte> rest, int at)
    {
        at += Run(rest[at..]);
        while (LineBreak.SkipMargin(rest, at) is var start && start > at && Run(rest[start..]) is > 0 and var length
            && (length >= MinLine || rest[start + length - 1] == '='))
        {
            at = start + length;
        }

        return at;
    }

    /// <summary>JSON may write a slash with a backslash before it, and any member by its number.</summary>
    private static int Run(ReadOnlySpan<byte> text)
    {
        var at = 0;
        for (int length; at < text.Length && (length = Member(text[at..])) > 0;)
        {
            at += length;
        }

        return at;

        static int Member(ReadOnlySpan<byte> rest) =>
            s_members.Contains(rest[0]) ? 1 : rest.StartsWith("\\/"u8) ? 2 : rest.StartsWith("\\u00"u8) ? Math.Min(6, rest.Length) : 0;
    }
}
