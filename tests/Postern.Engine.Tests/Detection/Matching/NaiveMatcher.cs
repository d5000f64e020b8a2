using Postern.Engine.Detection.Matching;

namespace Postern.Engine.Tests.Detection.Matching;

/// <summary>The specification: every literal tried at every position.</summary>
internal static class NaiveMatcher
{
    public static List<(int Start, int Id)> Scan(Literal[] literals, ReadOnlySpan<byte> text)
    {
        var hits = new List<(int Start, int Id)>();
        for (var start = 0; start < text.Length; start++)
        {
            foreach (var literal in literals)
            {
                if (StandsAt(literal, text[start..]))
                {
                    hits.Add((start, literal.Id));
                }
            }
        }

        hits.Sort();
        return hits;
    }

    private static bool StandsAt(Literal literal, ReadOnlySpan<byte> text)
    {
        var bytes = literal.Bytes.Span;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (i >= text.Length || !Same(bytes[i], text[i], literal.IgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(byte wanted, byte found, bool ignoreCase) =>
        wanted == found || (ignoreCase && char.IsAsciiLetter((char)wanted) && (wanted ^ found) == 0x20);
}
