using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Known;

/// <summary>
/// Finds known values without keeping them: of each a keyed fingerprint, and keyed hashes of a few bytes at some neighbouring places. A text is probed
/// only at every so many bytes, since an occurrence is long enough to cover one of those places wherever it begins. Letters count in either case.
/// </summary>
/// <remarks>A single bit tells the case of ASCII letters; setting it everywhere also makes a few signs equal, which fifteen bytes do not mind.</remarks>
internal sealed class ValueIndex
{
    private const int LongGram = 8;
    private const int ShortGram = 4;

    /// <summary>Shorter than this, values are probed for more densely, by grams of four bytes.</summary>
    private const int LongValue = LongGram + MaxStride - 1;

    private const int MaxStride = 8;

    private const byte CaseBit = 0x20;

    /// <summary>Fingerprints computed however short the text is, and one more for so many bytes; about half a microsecond each.</summary>
    private const int FreeProofs = 64;

    private const int BytesPerProof = 64;

    /// <summary>Hits reported of one text.</summary>
    private const int MaxReported = 16;

    private readonly byte[] _key;
    private readonly ulong _multiplier;
    private readonly int _gram;
    private readonly int _stride;
    private readonly int _shift;
    private readonly int[] _buckets;
    private readonly ulong[] _filter;
    private readonly int _filterShift;
    private readonly List<ValueSegment> _segments = [];
    private readonly List<ValueGram> _grams = [];

    /// <summary>An index of <paramref name="values"/>, each of at least <see cref="OwnSecrets.MinValueBytes"/> bytes; there is at least one.</summary>
    public ValueIndex(IReadOnlyList<KnownValue> values, ReadOnlySpan<byte> key)
    {
        _key = key.ToArray();
        Span<byte> derived = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, "grams"u8, derived);
        _multiplier = BinaryPrimitives.ReadUInt64LittleEndian(derived) | 1;
        var shortest = values.Min(static value => value.Bytes.Length);
        _gram = shortest >= LongValue ? LongGram : ShortGram;
        _stride = Math.Min(MaxStride, shortest - _gram + 1);

        var bits = Math.Clamp(BitOperations.Log2((uint)(values.Count * 6 * _stride)) + 1, 8, 20);
        _shift = 64 - bits;
        _buckets = new int[1 << bits];
        Array.Fill(_buckets, -1);

        // Eight bits and more for each gram: two probes of a hundred pass in vain.
        _filterShift = 64 - bits - 5;
        _filter = new ulong[1 << (bits - 1)];
        foreach (var value in values)
        {
            Add(value);
        }
    }

    /// <summary>Reports what of the values stands in <paramref name="text"/>, as it stands there.</summary>
    public void Find(ReadOnlySpan<byte> text, HitList hits)
    {
        var proofs = FreeProofs + (text.Length / BytesPerProof);
        var reported = 0;
        for (var at = 0; at <= text.Length - _gram; at += _stride)
        {
            var hash = HashAt(text, at);
            var bit = hash >> _filterShift;
            if ((_filter[bit >> 6] >> (int)(bit & 63) & 1) == 0 || !TryMatch(text, at, hash, ref proofs, out var match))
            {
                continue;
            }

            if (proofs < 0 || reported == MaxReported)
            {
                hits.Add(RuleCatalogue.Flood, 0, text.Length);
                return;
            }

            var (rule, start, length, isWhole) = match;
            hits.Add(rule, start, length, isWhole ? Confidence.Certain : Confidence.High);
            reported++;
            at = Math.Max(at, start + length - _stride);
        }
    }

    /// <summary>The longest segment of which the bytes at <paramref name="at"/> are those of a gram.</summary>
    private bool TryMatch(ReadOnlySpan<byte> text, int at, ulong hash, ref int proofs, out (Rule Rule, int Start, int Length, bool IsWhole) match)
    {
        match = default;
        var grams = CollectionsMarshal.AsSpan(_grams);
        for (var i = _buckets[hash >> _shift]; i >= 0; i = grams[i].Next)
        {
            ref readonly var gram = ref grams[i];
            var start = at - gram.Offset;
            var segment = gram.Check == (uint)(hash >> 16) ? _segments[gram.Segment] : default;
            if (segment.Length <= match.Length || start < 0 || start > text.Length - segment.Length)
            {
                continue;
            }

            if (--proofs < 0)
            {
                return true;
            }

            if (FingerprintOf(text.Slice(start, segment.Length)) == segment.Fingerprint)
            {
                match = (segment.Rule, start, segment.Length, segment.IsWhole);
            }
        }

        return match.Length > 0;
    }

    private void Add(KnownValue value)
    {
        var bytes = value.Bytes;
        AddSegment(value.Rule, bytes, isWhole: true);
        var part = Math.Max(LongValue + 1, (bytes.Length * 2) + 2) / 3;
        if (value.Divisible && part >= LongValue + 1 && part < bytes.Length)
        {
            AddSegment(value.Rule, bytes.AsSpan(0, part), isWhole: false);
            AddSegment(value.Rule, bytes.AsSpan(bytes.Length - part), isWhole: false);
        }

        bytes.AsSpan().Reverse();
        AddSegment(value.Rule, bytes, isWhole: true);
        bytes.AsSpan().Reverse();
    }

    private void AddSegment(Rule rule, ReadOnlySpan<byte> bytes, bool isWhole)
    {
        var first = RarestPlace(bytes);
        _segments.Add(new ValueSegment(rule, bytes.Length, FingerprintOf(bytes), isWhole));
        for (var offset = first; offset < first + _stride; offset++)
        {
            var hash = HashAt(bytes, offset);
            ref var bucket = ref _buckets[hash >> _shift];
            _grams.Add(new ValueGram((uint)(hash >> 16), _segments.Count - 1, offset, bucket));
            bucket = _grams.Count - 1;
            var bit = hash >> _filterShift;
            _filter[bit >> 6] |= 1UL << (int)(bit & 63);
        }
    }

    /// <summary>Where the segment is least like other texts: values of one kind begin alike, and a page full of links must not look like a flood.</summary>
    private int RarestPlace(ReadOnlySpan<byte> bytes)
    {
        var (best, rarest) = (0, double.MaxValue);
        var length = _gram + _stride - 1;
        for (var at = 0; at + length <= bytes.Length; at++)
        {
            var score = LetterPairs.Score(bytes.Slice(at, length));
            (best, rarest) = score < rarest ? (at, score) : (best, rarest);
        }

        return best;
    }

    private ulong HashAt(ReadOnlySpan<byte> bytes, int at)
    {
        const ulong CaseBits = 0x2020202020202020;
        var gram = _gram == LongGram ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        return (gram | CaseBits) * _multiplier;
    }

    private UInt128 FingerprintOf(ReadOnlySpan<byte> bytes)
    {
        var folded = ArrayPool<byte>.Shared.Rent(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            folded[i] = (byte)(bytes[i] | CaseBit);
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, folded.AsSpan(0, bytes.Length), hash);
        CryptographicOperations.ZeroMemory(folded.AsSpan(0, bytes.Length));
        ArrayPool<byte>.Shared.Return(folded);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
