namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>
/// The Unicode facts behind host names (Tables/idna.bin, made by tools/idna/generate.py, which describes the layout).
/// Read on the first host that is not plain ASCII.
/// </summary>
internal sealed class IdnaTable
{
    private const uint Magic = 0x314E4449; // "IDN1"

    private static readonly Lazy<IdnaTable> s_shared = new(() => new IdnaTable(EmbeddedTable.ReadWords("idna.bin")));

    private readonly uint[] _words;
    private readonly int _ranges;
    private readonly int _mappings;
    private readonly int _decompositions;
    private readonly int _compositions;
    private readonly int _rangeStart;
    private readonly int _mappingStart;
    private readonly int _poolStart;
    private readonly int _decompositionStart;
    private readonly int _compositionStart;

    private IdnaTable(uint[] words)
    {
        if (words[0] != Magic)
        {
            throw new InvalidOperationException("the table idna.bin has another format");
        }

        _words = words;
        (_ranges, _mappings, var pool, _decompositions, _compositions) = ((int)words[1], (int)words[2], (int)words[3], (int)words[4], (int)words[5]);
        _rangeStart = 6;
        _mappingStart = _rangeStart + (2 * _ranges);
        _poolStart = _mappingStart + (2 * _mappings) + 1;
        _decompositionStart = _poolStart + pool;
        _compositionStart = _decompositionStart + (3 * _decompositions);
    }

    public static IdnaTable Shared => s_shared.Value;

    public CodePointTraits Traits(uint codePoint)
    {
        var at = Column(_rangeStart, _ranges).BinarySearch(codePoint);
        return new CodePointTraits(_words[_rangeStart + _ranges + (at < 0 ? ~at - 1 : at)]);
    }

    /// <summary>What a mapped code point is replaced with.</summary>
    public ReadOnlySpan<uint> Mapping(uint codePoint)
    {
        var at = Column(_mappingStart, _mappings).BinarySearch(codePoint);
        if (at < 0)
        {
            return [];
        }

        var offsets = Column(_mappingStart + _mappings, _mappings + 1);
        return Column(_poolStart, _decompositionStart - _poolStart)[(int)offsets[at]..(int)offsets[at + 1]];
    }

    /// <summary>One canonical step; <paramref name="second"/> is 0 for a singleton. False when there is none.</summary>
    public bool TryDecompose(uint codePoint, out uint first, out uint second)
    {
        var at = Column(_decompositionStart, _decompositions).BinarySearch(codePoint);
        first = at < 0 ? 0 : _words[_decompositionStart + _decompositions + at];
        second = at < 0 ? 0 : _words[_decompositionStart + (2 * _decompositions) + at];
        return at >= 0;
    }

    /// <summary>The primary composite of two code points; 0 when there is none.</summary>
    public uint Compose(uint first, uint second)
    {
        var firsts = Column(_compositionStart, _compositions);
        var seconds = Column(_compositionStart + _compositions, _compositions);
        var (low, high) = (0, _compositions);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if ((firsts[middle], seconds[middle]).CompareTo((first, second)) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < _compositions && firsts[low] == first && seconds[low] == second
            ? _words[_compositionStart + (2 * _compositions) + low]
            : 0;
    }

    private ReadOnlySpan<uint> Column(int start, int length) => _words.AsSpan(start, length);
}
