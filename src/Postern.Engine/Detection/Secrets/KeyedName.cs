using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Secrets;

/// <summary>
/// A name that says whose secret its value is: <c>DATADOG_APP_KEY</c>, <c>"datadog api key"</c>, <c>--datadog-token</c>. It holds the
/// vendor's word, a word for a secret, and none that makes it something else.
/// </summary>
internal static class KeyedName
{
    /// <summary>How far a name may reach on either side of the vendor's word.</summary>
    public const int MaxReach = 32;

    /// <summary>Words after the vendor's that may stand apart: "Vercel integration API token".</summary>
    private const int MaxWords = 4;

    private static readonly byte[][] s_secret =
        ["key"u8.ToArray(), "token"u8.ToArray(), "secret"u8.ToArray(), "auth"u8.ToArray(), "pass"u8.ToArray(), "pwd"u8.ToArray(), "cred"u8.ToArray(),
        "access"u8.ToArray(), "login"u8.ToArray(), "license"u8.ToArray(), "private"u8.ToArray(), "_pat"u8.ToArray(), "_pw"u8.ToArray(), "salt"u8.ToArray()];

    private static readonly byte[][] s_harmless =
        ["commit"u8.ToArray(), "sha1"u8.ToArray(), "sha256"u8.ToArray(), "hash"u8.ToArray(), "digest"u8.ToArray(), "checksum"u8.ToArray(),
        "integrity"u8.ToArray(), "fingerprint"u8.ToArray(), "public"u8.ToArray(), "publishable"u8.ToArray(), "uuid"u8.ToArray(), "guid"u8.ToArray(),
        "etag"u8.ToArray(), "version"u8.ToArray(), "revision"u8.ToArray(), "url"u8.ToArray(), "uri"u8.ToArray(), "_id"u8.ToArray(), "-id"u8.ToArray()];

    /// <summary>Where the value of the name around <paramref name="anchor"/> begins; -1 when it is no such name or nothing is assigned.</summary>
    /// <param name="text">What is searched.</param>
    /// <param name="anchor">The vendor's word.</param>
    /// <param name="alone">The word says by itself that the value is a secret.</param>
    public static int ValueStart(ReadOnlySpan<byte> text, in Anchor anchor, bool alone)
    {
        if (!StartsWord(text, anchor.Start))
        {
            return -1;
        }

        var stop = Math.Min(text.Length, anchor.End + MaxReach);
        var end = anchor.End;
        for (var words = 0; words < MaxWords; words++)
        {
            while (end < stop && IsNameByte(text[end]))
            {
                end++;
            }

            var start = AssignmentSyntax.ValuePlace(text, anchor.Start, end).Start;
            if (start < 0)
            {
                start = Telling.Find(text, end).Start;
            }

            if (start >= 0)
            {
                var before = text[NameStart(text, anchor.Start)..anchor.Start];
                var after = text[anchor.End..end];
                return (alone || SaysSecret(before, text[anchor.Start..anchor.End], after)) && !IsHarmless(before, after) ? start : -1;
            }

            if (end >= stop || text[end] != (byte)' ')
            {
                return -1;
            }

            end++;
        }

        return -1;
    }

    /// <summary>A vendor's word begins a word of the name: <c>X_DATADOG</c>, <c>myDatadog</c>, not <c>sqlalchemy</c> for <c>alchemy</c>.</summary>
    private static bool StartsWord(ReadOnlySpan<byte> text, int start)
    {
        if (start == 0)
        {
            return true;
        }

        var (before, first) = ((char)text[start - 1], (char)text[start]);
        return !char.IsAsciiLetter(before) || (char.IsAsciiLetterLower(before) && char.IsAsciiLetterUpper(first));
    }

    private static int NameStart(ReadOnlySpan<byte> text, int start)
    {
        var stop = Math.Max(0, start - MaxReach);
        while (start > stop && IsNameByte(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    /// <summary>The vendor's own word may say it: <c>x-api-secret-key</c>.</summary>
    private static bool SaysSecret(ReadOnlySpan<byte> before, ReadOnlySpan<byte> vendor, ReadOnlySpan<byte> after) =>
        Placeholder.ContainsAny(after, s_secret) || Placeholder.ContainsAny(vendor, s_secret) || Placeholder.ContainsAny(before, s_secret);

    /// <summary>The vendor's own word is not asked: <c>courier</c> holds a uri.</summary>
    private static bool IsHarmless(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) =>
        Placeholder.ContainsAny(before, s_harmless) || Placeholder.ContainsAny(after, s_harmless) || after.EndsWith("Id"u8) || after.EndsWith("ID"u8);

    private static bool IsNameByte(byte b) => EdgeTest.IsWord(b) || b is (byte)'-' or (byte)'.';
}
