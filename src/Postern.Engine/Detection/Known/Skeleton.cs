using Postern.Engine.Views;

namespace Postern.Engine.Detection.Known;

/// <summary>Letters and digits alone: what is left of a value however it is cut up, wrapped, quoted or spaced out.</summary>
internal static class Skeleton
{
    /// <summary>Copies the letters and digits of <paramref name="text"/> to <paramref name="output"/>, which is at least as long.</summary>
    /// <returns>How many there are.</returns>
    public static int Copy(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var length = 0;
        foreach (var b in text)
        {
            // Written always and kept when it counts: no branch to mispredict.
            output[length] = b;
            length += Ascii.IsAlphanumeric(b) ? 1 : 0;
        }

        return length;
    }

    /// <summary>Where in the text the letter or digit number <paramref name="index"/> stands.</summary>
    public static int PlaceOf(ReadOnlySpan<byte> text, int index)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (Ascii.IsAlphanumeric(text[at]) && index-- == 0)
            {
                return at;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }
}
