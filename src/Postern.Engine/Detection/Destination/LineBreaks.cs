namespace Postern.Engine.Detection.Destination;

/// <summary>CR and LF in a URL, literal or percent-encoded any number of times: they end a header line for whoever decodes them.</summary>
internal static class LineBreaks
{
    /// <summary>Where the first one is and how long it is; false when there is none. Give the URL without its fragment, which is never sent.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, out int start, out int length)
    {
        length = 1;
        start = text.IndexOfAny((byte)'\r', (byte)'\n');
        if (start >= 0)
        {
            return true;
        }

        for (var at = text.IndexOf((byte)'%'); at >= 0;)
        {
            length = PercentText.ReadNested(text[at..], out var value);
            if (length > 0 && (value is (byte)'\r' or (byte)'\n'))
            {
                start = at;
                return true;
            }

            // Only past what was read, so that a long %252525 is walked once.
            var from = at + Math.Max(length, 1);
            var next = text[from..].IndexOf((byte)'%');
            at = next < 0 ? -1 : from + next;
        }

        (start, length) = (-1, 0);
        return false;
    }
}
