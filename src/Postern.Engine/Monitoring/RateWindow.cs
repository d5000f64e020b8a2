using System.Buffers.Binary;

namespace Postern.Engine.Monitoring;

/// <summary>
/// A sliding window of 60 seconds as a pure value in a fixed number of bytes: requests or bytes of one key. Never permits more than
/// its limit in any 60 seconds; room comes back after 60 to 65.
/// </summary>
/// <remarks>
/// Twelve whole buckets of 5 seconds and the one being filled. Layout, little-endian: version (1 byte, 0 = never used), 7 bytes of
/// zero, number of the newest bucket (8 bytes), 13 counts (8 bytes each). A clock that steps back counts into the newest bucket.
/// </remarks>
internal static class RateWindow
{
    /// <summary>Bytes of state; all zero is a fresh window.</summary>
    public const int StateBytes = HeaderBytes + (Buckets * sizeof(long));

    private const byte Version = 1;
    private const int HeaderBytes = 16;
    private const int Buckets = 13;
    private const long BucketMs = 5_000;

    /// <summary>Checks and records in one step: nothing is recorded when it does not fit.</summary>
    /// <param name="state">Exactly <see cref="StateBytes"/> bytes; changed only when the result is true.</param>
    /// <param name="nowMs">The time in milliseconds, from any fixed origin, not negative.</param>
    /// <param name="limit">The most that 60 seconds may hold; 0 permits nothing.</param>
    /// <param name="amount">How much is asked for, not negative.</param>
    /// <returns>False when it does not fit, or when the state was not written by this version.</returns>
    public static bool TryTake(Span<byte> state, long nowMs, long limit, long amount)
    {
        if (!IsReadable(state) || amount > limit - Total(state, nowMs))
        {
            return false;
        }

        Add(state, nowMs, amount);
        return true;
    }

    /// <summary>Records what has happened already, whether it fits or not, for budgets that are checked before and charged after.</summary>
    /// <exception cref="ArgumentException">The state has another size or was not written by this version.</exception>
    public static void Add(Span<byte> state, long nowMs, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfNegative(nowMs);
        if (!IsReadable(state))
        {
            throw new ArgumentException("this is not the state of a rate window", nameof(state));
        }

        var newest = Newest(state);
        var now = state[0] == 0 ? nowMs / BucketMs : Math.Max(newest, nowMs / BucketMs);
        var stale = state[0] == 0 ? Buckets : Math.Min(now - newest, Buckets);
        for (var i = 0L; i < stale; i++)
        {
            Count(state, now - i).Clear();
        }

        state[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(state[8..], now);
        var count = Count(state, now);
        BinaryPrimitives.WriteInt64LittleEndian(count, Sum(BinaryPrimitives.ReadInt64LittleEndian(count), amount));
    }

    /// <summary>What the window holds now; <see cref="long.MaxValue"/> when the state was not written by this version.</summary>
    public static long Total(ReadOnlySpan<byte> state, long nowMs)
    {
        if (!IsReadable(state))
        {
            return long.MaxValue;
        }

        if (state[0] == 0)
        {
            return 0;
        }

        var newest = Newest(state);
        var oldest = Math.Max(newest, nowMs / BucketMs) - Buckets + 1;
        var total = 0L;
        for (var bucket = Math.Max(oldest, newest - Buckets + 1); bucket <= newest; bucket++)
        {
            total = Sum(total, BinaryPrimitives.ReadInt64LittleEndian(state[Place(bucket)..]));
        }

        return total;
    }

    private static bool IsReadable(ReadOnlySpan<byte> state) => state.Length == StateBytes && state[0] <= Version && Newest(state) >= 0;

    private static long Newest(ReadOnlySpan<byte> state) => BinaryPrimitives.ReadInt64LittleEndian(state[8..]);

    private static Span<byte> Count(Span<byte> state, long bucket) => state.Slice(Place(bucket), sizeof(long));

    // Buckets before the origin of time exist only as zeros.
    private static int Place(long bucket) => HeaderBytes + ((int)(((bucket % Buckets) + Buckets) % Buckets) * sizeof(long));

    // Counts from a damaged state may be negative: that is full, never room.
    private static long Sum(long left, long right) => left < 0 || right < 0 || left > long.MaxValue - right ? long.MaxValue : left + right;
}
