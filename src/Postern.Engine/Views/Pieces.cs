using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// The values of a container that could each be a piece of one secret: no text, no address, no time, and not too long.
/// </summary>
internal static class Pieces
{
    private const int MaxPiece = 256;

    // White space, and the colon of addresses and times, of which no secret is made.
    private static readonly SearchValues<byte> s_notInSecrets = SearchValues.Create(" \n\t:<>"u8);

    /// <summary>Notes what was written since <paramref name="start"/> if it could be a piece, or holds line breaks of its own.</summary>
    public static void Add(Level output, int start)
    {
        var length = output.Length - start;
        if (length is > 0 and <= MaxPiece && !output.Bytes[start..].ContainsAny(s_notInSecrets))
        {
            output.Pieces.Add(start, output.Length);
        }
        else if (output.Bytes[start..].Contains((byte)'\n'))
        {
            output.BrokenPieces.Add(start, output.Length);
        }
    }
}
