using System.Text;

namespace Postern.Engine.Detection.Secrets;

/// <summary>How sentences tell a value after its name: "the key is …", "password for admin → …", "token (…)", "密码是…".</summary>
internal static class Telling
{
    /// <summary>How far behind its name a value may begin.</summary>
    private const int MaxReach = 72;

    /// <summary>The words of the longest phrase in between: "for the admin of staging has been set to".</summary>
    private const int MaxWords = 10;

    /// <summary>What comes right before the value.</summary>
    private static readonly byte[][] s_verbs = Words(
        "is was are to be with value -> → — – - | ist lautet est es è é jest to är er là adalah هو है это");

    /// <summary>What may begin the words between the name and the verb.</summary>
    private static readonly byte[][] s_openers = Words(
        "for of on in from at to has was been now changed set reset rotated updated should must will you we i für von vom pour de del della di para da dla do voor van");

    /// <summary>Scripts that write no space between words.</summary>
    private static readonly byte[][] s_glued = Words("是： 是: 是 为： 为 為 は： は ： 는 은 가");

    /// <summary>Where the value told after the name that ends at <paramref name="nameEnd"/> may begin; start -1 when none is told.</summary>
    public static ToldPlace Find(ReadOnlySpan<byte> text, int nameEnd)
    {
        if (nameEnd < text.Length && text[nameEnd] >= 0x80)
        {
            return AfterGlued(text, nameEnd);
        }

        return AfterWords(text, nameEnd);
    }

    private static ToldPlace AfterGlued(ReadOnlySpan<byte> text, int nameEnd)
    {
        foreach (var verb in s_glued)
        {
            if (text[nameEnd..].StartsWith(verb))
            {
                return Open(text, nameEnd + verb.Length, false);
            }
        }

        return ToldPlace.None;
    }

    private static ToldPlace AfterWords(ReadOnlySpan<byte> text, int nameEnd)
    {
        var stop = Math.Min(text.Length, nameEnd + MaxReach);
        var (at, told) = (nameEnd, false);
        for (var words = 0; words < MaxWords && at < stop && text[at] == (byte)' '; words++)
        {
            at++;
            if (told || words == 0 || (at < stop && text[at] == (byte)'('))
            {
                var place = Open(text, at, !told);
                if (place.Start >= 0 && HoldsDigit(text, place.Start))
                {
                    return place;
                }
            }

            var end = at + Math.Max(0, text[at..stop].IndexOfAny(" \n"u8) is var length && length < 0 ? stop - at : length);
            var word = text[at..end];
            var opens = Is(s_openers, word);
            told = Is(s_verbs, word.TrimEnd((byte)':')) || word.EndsWith(":"u8) || (told && opens);
            if (word.IsEmpty || word[^1] is (byte)'.' or (byte)',' or (byte)';' or (byte)'!' or (byte)'?' || (words == 0 && !told && !opens))
            {
                break;
            }

            at = end;
        }

        return ToldPlace.None;
    }

    private static ToldPlace Open(ReadOnlySpan<byte> text, int at, bool isBare)
    {
        var start = at;
        while (start < text.Length && start - at < 4 && text[start] is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'(' or (byte)'*' or (byte)'[' or (byte)' ' or (byte)'\\')
        {
            start++;
        }

        return new ToldPlace(start, isBare && start == at);
    }

    private static bool HoldsDigit(ReadOnlySpan<byte> text, int start)
    {
        var word = text[start..];
        var end = word.IndexOfAny(" \n\t"u8);
        return (end < 0 ? word : word[..end]).ContainsAnyInRange((byte)'0', (byte)'9');
    }

    private static bool Is(byte[][] words, ReadOnlySpan<byte> word)
    {
        foreach (var one in words)
        {
            if (Ascii.EqualsIgnoreCase(one, word) || word.SequenceEqual(one))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[][] Words(string text) => [.. text.Split(' ').Select(Encoding.UTF8.GetBytes)];
}
