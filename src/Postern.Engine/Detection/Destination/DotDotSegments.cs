namespace Postern.Engine.Detection.Destination;

/// <summary>
/// A path segment of exactly two dots, in any mix of literal and percent-encoded dots, slashes and backslashes, encoded any number
/// of times. A semicolon ends the segment too: some servers cut parameters off before they resolve it.
/// </summary>
internal static class DotDotSegments
{
    /// <summary>Where the first one is and how long it is, separators not counted; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> path, out int start, out int length)
    {
        (start, length) = (-1, 0);
        if (path.IndexOf(".."u8) < 0 && !path.Contains((byte)'%'))
        {
            return false;
        }

        var (dots, isOnlyDots) = (0, true);
        var segment = 0;
        for (var i = 0; i < path.Length;)
        {
            var width = Read(path[i..], out var value);
            if (value is (byte)'/' or (byte)'\\' or (byte)';')
            {
                if (isOnlyDots && dots == 2)
                {
                    (start, length) = (segment, i - segment);
                    return true;
                }

                // Behind a semicolon stand parameters, not a segment.
                (dots, isOnlyDots) = (0, value != (byte)';');
                segment = i + width;
            }
            else
            {
                dots++;
                isOnlyDots &= value == (byte)'.';
            }

            i += width;
        }

        if (isOnlyDots && dots == 2)
        {
            (start, length) = (segment, path.Length - segment);
        }

        return start >= 0;
    }

    private static int Read(ReadOnlySpan<byte> text, out byte value)
    {
        var width = PercentText.ReadNested(text, out value);
        if (width > 0)
        {
            return width;
        }

        value = text[0];
        return 1;
    }
}
