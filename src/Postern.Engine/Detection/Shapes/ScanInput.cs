using System.Text;

namespace Postern.Engine.Detection.Shapes;

/// <summary>The bytes under inspection, with what earlier candidates already learned about them and how much looking was done.</summary>
internal ref struct ScanInput
{
    private RunMemo _runs;

    public ScanInput(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What verifying candidates has cost, about a nanosecond a unit; the scan gives up, loudly, when it is out of proportion.</summary>
    public long Work;

    /// <summary>The end of the run that starts at <paramref name="start"/>, looking at most <paramref name="limit"/> bytes far.</summary>
    public int RunEnd(Alphabet alphabet, int start, int limit) => _runs.End(Bytes, alphabet, start, limit, ref Work);

    /// <summary>The start of the run that ends before <paramref name="end"/>, looking at most <paramref name="limit"/> bytes back.</summary>
    public int RunStart(Alphabet alphabet, int end, int limit)
    {
        var stop = Math.Max(0, end - limit);
        var at = end;
        while (at > stop && alphabet.Contains(Bytes[at - 1]))
        {
            at--;
        }

        Work += end - at + 1;
        return at;
    }

    /// <summary>True when <paramref name="literal"/> stands at <paramref name="at"/>.</summary>
    public readonly bool HasAt(int at, ReadOnlySpan<byte> literal, bool ignoreCase)
    {
        if (at < 0 || at > Bytes.Length - literal.Length)
        {
            return false;
        }

        var here = Bytes.Slice(at, literal.Length);
        return here.SequenceEqual(literal) || (ignoreCase && Ascii.EqualsIgnoreCase(here, literal));
    }
}
