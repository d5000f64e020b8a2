using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// How much of a long text a partial view shows around a change: <see cref="Context"/> bytes to both sides, which is more than any rule
/// looks around a hit, and from there to the next delimiter, so that no token is cut short into something it is not.
/// </summary>
internal static class Surroundings
{
    /// <summary>Texts up to here are shown whole.</summary>
    public const int WholeBelow = 4 * 1024;

    private const int Context = 256;
    private const int MaxToken = 16 * 1024;
    private static readonly SearchValues<byte> s_delimiters = SearchValues.Create(" \t\r\n\"'<>`(){};"u8);

    /// <summary>Whether the surroundings of two changes do not touch; then those of the first end at <paramref name="right"/> and the other's begin at <paramref name="left"/>.</summary>
    public static bool AreApart(ReadOnlySpan<byte> text, int firstEnd, int secondStart, out int right, out int left)
    {
        right = left = firstEnd;
        if (secondStart - firstEnd <= 2 * Context)
        {
            return false;
        }

        right = End(text, firstEnd);
        left = Start(text, secondStart, firstEnd);
        return left > right;
    }

    /// <summary>How many bytes of a text are not shown between two changes, about.</summary>
    public static int LeftOut(int firstEnd, int secondStart) => Math.Max(0, secondStart - firstEnd - (2 * Context));

    /// <summary>Where the surroundings of a change begin, not before <paramref name="floor"/>.</summary>
    public static int Start(ReadOnlySpan<byte> text, int change, int floor)
    {
        if (text.Length <= WholeBelow || change - Context <= floor)
        {
            return floor;
        }

        var edge = change - Context;
        var low = Math.Max(floor, edge - MaxToken);
        return low + text[low..edge].LastIndexOfAny(s_delimiters) + 1;
    }

    /// <summary>Where the surroundings of a change end.</summary>
    public static int End(ReadOnlySpan<byte> text, int change)
    {
        if (text.Length <= WholeBelow || text.Length - change <= Context)
        {
            return text.Length;
        }

        var edge = change + Context;
        var high = Math.Min(text.Length, edge + MaxToken);
        var delimiter = text[edge..high].IndexOfAny(s_delimiters);
        return delimiter < 0 ? high : edge + delimiter;
    }
}
