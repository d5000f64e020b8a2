using Postern.Engine.Views;

namespace Postern.Engine.Detection.Destination;

/// <summary>Reads percent-encoded bytes where they stand.</summary>
internal static class PercentText
{
    /// <summary>The byte that <paramref name="text"/> starts with as <c>%XX</c>; false when it does not.</summary>
    public static bool TryReadByte(ReadOnlySpan<byte> text, out byte value)
    {
        var read = text.Length >= 3 && text[0] == (byte)'%' ? Ascii.HexPair(text, 1) : -1;
        value = (byte)Math.Max(read, 0);
        return read >= 0;
    }

    /// <summary>
    /// The byte that <paramref name="text"/> starts with after decoding as often as it takes: <c>%0a</c>, <c>%250a</c>, <c>%25250a</c> ….
    /// </summary>
    /// <returns>How many bytes it occupies; 0 when there is no complete percent-encoding.</returns>
    public static int ReadNested(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.IsEmpty || text[0] != (byte)'%')
        {
            return 0;
        }

        var at = 1;
        while (text.Length >= at + 4 && text[at] == (byte)'2' && text[at + 1] == (byte)'5')
        {
            at += 2;
        }

        var read = Ascii.HexPair(text, at);
        if (read < 0)
        {
            value = (byte)'%';
            return at > 1 ? at : 0;
        }

        value = (byte)read;
        return at + 2;
    }
}
