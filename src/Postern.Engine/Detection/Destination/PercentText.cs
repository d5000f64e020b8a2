namespace Postern.Engine.Detection.Destination;

/// <summary>Reads percent-encoded bytes where they stand.</summary>
internal static class PercentText
{
    /// <summary>The byte that <paramref name="text"/> starts with as <c>%XX</c>; false when it does not.</summary>
    public static bool TryReadByte(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < 3 || text[0] != (byte)'%' || HexValue(text[1]) < 0 || HexValue(text[2]) < 0)
        {
            return false;
        }

        value = (byte)((HexValue(text[1]) << 4) | HexValue(text[2]));
        return true;
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

        if (text.Length < at + 2 || HexValue(text[at]) < 0 || HexValue(text[at + 1]) < 0)
        {
            value = (byte)'%';
            return at > 1 ? at : 0;
        }

        value = (byte)((HexValue(text[at]) << 4) | HexValue(text[at + 1]));
        return at + 2;
    }

    /// <summary>0 to 15; -1 for a byte that is no hexadecimal digit.</summary>
    public static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
