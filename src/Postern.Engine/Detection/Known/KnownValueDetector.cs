using System.Buffers;
using System.Security.Cryptography;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Known;

/// <summary>Looks for the operator's own secrets and for canaries, in every view: as they are, backwards, in part, and with anything but letters and digits between.</summary>
internal sealed class KnownValueDetector : IDetector
{
    /// <summary>The longest view that is also read without what stands between letters and digits.</summary>
    public const int MaxSkeletonBytes = 16 * 1024;

    /// <summary>Fewer letters and digits could stand next to each other by chance.</summary>
    private const int MinSkeleton = 12;

    private readonly ValueIndex _values;
    private readonly ValueIndex? _skeletons;

    /// <summary>A detector of <paramref name="values"/>, which are zeroed here; there is at least one.</summary>
    public KnownValueDetector(IReadOnlyList<KnownValue> values, ReadOnlySpan<byte> key)
    {
        _values = new ValueIndex(values, key);
        KnownValue[] bare = [.. values.Select(BareOf).Where(static value => value.Bytes.Length >= MinSkeleton)];
        _skeletons = bare.Length == 0 ? null : new ValueIndex(bare, key);
        foreach (var value in values.Concat(bare))
        {
            CryptographicOperations.ZeroMemory(value.Bytes);
        }
    }

    /// <inheritdoc/>
    public void Detect(scoped in View view, HitList hits)
    {
        _values.Find(view.Bytes, hits);
        if (_skeletons is not null && view.Bytes.Length is >= MinSkeleton and <= MaxSkeletonBytes && hits.Count == 0)
        {
            FindSkeletons(_skeletons, view.Bytes, hits);
        }
    }

    private static KnownValue BareOf(KnownValue value)
    {
        var buffer = new byte[value.Bytes.Length];
        var length = Skeleton.Copy(value.Bytes, buffer);
        var bare = buffer.AsSpan(0, length).ToArray();
        CryptographicOperations.ZeroMemory(buffer);
        return value with { Bytes = bare };
    }

    private static void FindSkeletons(ValueIndex index, ReadOnlySpan<byte> text, HitList hits)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(text.Length + 1);
        try
        {
            index.Find(buffer.AsSpan(0, Skeleton.Copy(text, buffer)), hits);
            if (hits.Count > 0)
            {
                Place(text, hits);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The places counted letters and digits; they have to count bytes.</summary>
    private static void Place(ReadOnlySpan<byte> text, HitList hits)
    {
        Span<Hit> found = new Hit[hits.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = hits[i];
        }

        hits.Clear();
        foreach (var hit in found)
        {
            var start = Skeleton.PlaceOf(text, hit.Start);
            var end = Skeleton.PlaceOf(text, hit.Start + hit.Length - 1) + 1;
            hits.Add(hit.Rule, start, end - start, hit.Confidence);
        }
    }
}
