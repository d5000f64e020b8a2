namespace Postern.Engine.Detection.Tools;

/// <summary>Patterns with <c>*</c> (any text), <c>?</c> (any character) and <c>#</c> (any digit); case does not matter.</summary>
internal static class Glob
{
    /// <summary>Whether <paramref name="text"/> is one that <paramref name="pattern"/> describes. Quadratic at worst, in a pattern of fixed length.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty || (pattern[^1] is not '*' and not '?' and not '#' && (text.IsEmpty || !Same(pattern[^1], text[^1]))))
        {
            return text.IsEmpty && pattern.IsEmpty;
        }

        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], text[t]) || (pattern[p] == '#' && char.IsAsciiDigit(text[t]))))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    /// <summary>
    /// Whether a word could mean a file that <paramref name="pattern"/> describes: a word with shell wildcards is compared folder by
    /// folder from the end, since it may be spelled so to hide the name.
    /// </summary>
    public static bool CouldMean(string pattern, string word)
    {
        if (word.Length == 0 || word[0] is not '/' and not '~' || word.AsSpan().IndexOfAny('*', '?', '[') < 0)
        {
            return Matches(pattern, word);
        }

        var fit = pattern.AsSpan();
        var spelled = word.AsSpan();
        while (true)
        {
            var folder = fit.LastIndexOf('/');
            var above = spelled.LastIndexOf('/');
            if (!PartMeets(fit[(folder + 1)..], spelled[(above + 1)..]))
            {
                return false;
            }

            if (folder <= 0 || above <= 0)
            {
                return folder == above || (folder > 0 && fit[..folder] is "*");
            }

            fit = fit[..folder];
            spelled = spelled[..above];
            if (fit is "*")
            {
                return true;
            }
        }
    }

    private static bool PartMeets(ReadOnlySpan<char> part, ReadOnlySpan<char> spelled)
    {
        if (spelled.IndexOfAny('*', '?', '[') < 0)
        {
            return Matches(part, spelled);
        }

        // A pattern that begins with anything would fit every wildcard.
        return part is not ['*', ..] && Meets(part, Simplified(spelled));
    }

    /// <summary>Whether some text fits both patterns; row by row over the prefixes of the first.</summary>
    private static bool Meets(ReadOnlySpan<char> pattern, ReadOnlySpan<char> other)
    {
        const int MaxLength = 64;
        if (other.Length > MaxLength)
        {
            return false;
        }

        Span<bool> reach = stackalloc bool[MaxLength + 1];
        reach[0] = true;
        for (var j = 1; j <= other.Length; j++)
        {
            reach[j] = reach[j - 1] && other[j - 1] == '*';
        }

        foreach (var c in pattern)
        {
            var diagonal = reach[0];
            reach[0] = reach[0] && c == '*';
            for (var j = 1; j <= other.Length; j++)
            {
                var above = reach[j];
                var o = other[j - 1];
                reach[j] = c == '*' || o == '*' ? above || reach[j - 1] : diagonal && (c == '?' || o == '?' || Same(c, o));
                diagonal = above;
            }
        }

        return reach[other.Length];
    }

    /// <summary>A bracket expression is any character.</summary>
    private static string Simplified(ReadOnlySpan<char> word)
    {
        var text = word.ToString();
        for (var open = text.IndexOf('[', StringComparison.Ordinal); open >= 0; open = text.IndexOf('[', StringComparison.Ordinal))
        {
            var close = text.IndexOf(']', open + 1);
            if (close < 0)
            {
                return text.Replace('[', '?');
            }

            text = text[..open] + "?" + text[(close + 1)..];
        }

        return text;
    }

    private static bool Same(char a, char b) => a == b || (char.IsAsciiLetter(a) && (a ^ b) == 0x20);
}
