using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Postern.Engine.Monitoring;

/// <summary>
/// Domains that a session used, over the bytes of a state: for each a hash (8 bytes, 0 = free), its first and its last use (8 each, little-endian).
/// A full table forgets the domain that was not used for longest.
/// </summary>
internal readonly ref struct DomainTable(Span<byte> state)
{
    /// <summary>Domains that are told apart.</summary>
    public const int MaxDomains = 256;

    /// <summary>Bytes of state; all zero is an empty table.</summary>
    public const int StateBytes = MaxDomains * EntryBytes;

    private const int EntryBytes = 24;
    private const int FirstAt = 8;
    private const int LastAt = 16;

    private readonly Span<byte> _state = state;

    /// <summary>Hash of a domain; never 0.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> domain)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(domain, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash) | 1;
    }

    /// <summary>True when it was last used at <paramref name="sinceMs"/> or later.</summary>
    public bool IsUsedSince(ulong domain, long sinceMs) => At(domain) is >= 0 and var at && Time(at + LastAt) >= sinceMs;

    /// <summary>How many were last used at <paramref name="sinceMs"/> or later.</summary>
    public int UsedSince(long sinceMs) => CountSince(LastAt, sinceMs);

    /// <summary>How many were first used at <paramref name="sinceMs"/> or later.</summary>
    public int NewSince(long sinceMs) => CountSince(FirstAt, sinceMs);

    /// <summary>Notes a use.</summary>
    public void Use(ulong domain, long nowMs)
    {
        var at = At(domain);
        if (at < 0)
        {
            at = Oldest();
            BinaryPrimitives.WriteUInt64LittleEndian(_state[at..], domain);
            BinaryPrimitives.WriteInt64LittleEndian(_state[(at + FirstAt)..], nowMs);
        }

        BinaryPrimitives.WriteInt64LittleEndian(_state[(at + LastAt)..], nowMs);
    }

    private int CountSince(int field, long sinceMs)
    {
        var count = 0;
        for (var at = 0; at < StateBytes; at += EntryBytes)
        {
            count += Hash(at) != 0 && Time(at + field) >= sinceMs ? 1 : 0;
        }

        return count;
    }

    private int At(ulong domain)
    {
        for (var at = 0; at < StateBytes; at += EntryBytes)
        {
            if (Hash(at) == domain)
            {
                return at;
            }
        }

        return -1;
    }

    private int Oldest()
    {
        var oldest = 0;
        for (var at = 0; at < StateBytes && Hash(oldest) != 0; at += EntryBytes)
        {
            oldest = Hash(at) == 0 || Time(at + LastAt) < Time(oldest + LastAt) ? at : oldest;
        }

        return oldest;
    }

    private ulong Hash(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_state[at..]);

    private long Time(int at) => BinaryPrimitives.ReadInt64LittleEndian(_state[at..]);
}
