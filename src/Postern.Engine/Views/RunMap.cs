namespace Postern.Engine.Views;

/// <summary>Says which bytes of the parent the decoded bytes of a run stand for, and puts them into a view with that.</summary>
/// <remarks>
/// <paramref name="positions"/> holds the place of every encoded character; it is filled only while a hit is being
/// located and only when the characters do not stand in one piece.
/// </remarks>
internal readonly ref struct RunMap(ReadOnlySpan<int> positions, ByteRange run, int skip, int inUnit, int outUnit)
{
    private readonly ReadOnlySpan<int> _positions = positions;

    /// <summary>Puts every stretch of text among the decoded bytes into the view, each on its own lines.</summary>
    public void PutText(ReadOnlySpan<byte> decoded, int minimum, Level output)
    {
        Inflation.Put(decoded, run, output);
        if (TextTest.IsText(decoded, minimum))
        {
            Put(decoded, new ByteRange(0, decoded.Length), output);
            return;
        }

        var from = 0;
        while (TextTest.NextStretch(decoded, from) is { Length: > 0 } stretch)
        {
            // Whole units only, so that the encoded characters can be decoded by themselves.
            Put(decoded, new ByteRange(stretch.Start / outUnit * outUnit, stretch.End), output);
            from = stretch.End;
        }
    }

    private void Put(ReadOnlySpan<byte> decoded, ByteRange range, Level output)
    {
        output.Separate();
        var bytes = decoded[range.Start..range.End];
        var first = skip + (range.Start / outUnit * inUnit);
        if (_positions.IsEmpty)
        {
            var start = run.Start + first;
            var length = (bytes.Length + outUnit - 1) / outUnit * inUnit;
            output.PutUnits(bytes, new ByteRange(start, Math.Min(run.End, start + length)), outUnit, inUnit);
            return;
        }

        for (var at = 0; at < bytes.Length; at += outUnit)
        {
            var last = Math.Min(first + inUnit, _positions.Length) - 1;
            output.Put(bytes.Slice(at, Math.Min(outUnit, bytes.Length - at)), _positions[first], _positions[last] + 1 - _positions[first]);
            first += inUnit;
        }
    }
}
