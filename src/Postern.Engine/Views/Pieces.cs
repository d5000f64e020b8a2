namespace Postern.Engine.Views;

/// <summary>
/// The values of a container that could each be a piece of one secret: without white space, and not long enough to be
/// a text of their own.
/// </summary>
internal static class Pieces
{
    private const int MaxPiece = 256;

    /// <summary>Notes what was written since <paramref name="start"/> if it could be a piece.</summary>
    public static void Add(Level output, int start)
    {
        var length = output.Length - start;
        if (length is > 0 and <= MaxPiece && !output.Bytes[start..].ContainsAny((byte)' ', (byte)'\n', (byte)'\t'))
        {
            output.Pieces.Add(start, output.Length);
        }
    }
}
