using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// The values of a container that could each be a piece of one secret: no text, no address, no time, and not too long.
/// </summary>
internal static class Pieces
{
    private const int MaxPiece = 256;

    // White space, and the colon of addresses and times, of which no secret is made.
    private static readonly SearchValues<byte> NotInSecrets = SearchValues.Create(" \n\t:<>"u8);

    /// <summary>Notes what was written since <paramref name="start"/> if it could be a piece, or holds line breaks of its own.</summary>
    public static void Add(Level output, int start)
    {
        if (IsPiece(output.Bytes[start..]))
        {
            output.Pieces.Add(start, output.Length);
        }
        else if (output.Bytes[start..].Contains((byte)'\n'))
        {
            output.BrokenPieces.Add(start, output.Length);
        }
    }

    /// <summary>The same for a name.</summary>
    public static void AddName(Level output, int start)
    {
        if (IsPiece(output.Bytes[start..]))
        {
            output.Names.Add(start, output.Length);
        }
    }

    /// <summary>Whether a text could be a piece.</summary>
    public static bool IsPiece(ReadOnlySpan<byte> text) => text.Length is > 0 and <= MaxPiece && !text.ContainsAny(NotInSecrets);

    /// <summary>
    /// Whether a piece looks like one: letters and digits, capitals, or a separator that leads or ends. Words and numbers, the
    /// bulk of all leaves, are what stands between the pieces.
    /// </summary>
    public static bool IsFragment(ReadOnlySpan<byte> piece)
    {
        var (digits, lowers, uppers) = (0, 0, 0);
        foreach (var b in piece)
        {
            digits += Ascii.IsDigit(b) ? 1 : 0;
            lowers += b is >= (byte)'a' and <= (byte)'z' ? 1 : 0;
            uppers += b is >= (byte)'A' and <= (byte)'Z' ? 1 : 0;
        }

        return uppers > 1 || (uppers > 0 && piece.ContainsAny((byte)'-', (byte)'_')) || (digits > 0 && lowers + uppers > 0) || (lowers > 0 && (piece[0] is (byte)'_' or (byte)'-' || piece[^1] is (byte)'_' or (byte)'-'));
    }
}
