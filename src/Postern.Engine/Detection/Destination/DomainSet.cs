namespace Postern.Engine.Detection.Destination;

/// <summary>An immutable domain list. A lookup walks the host once from its end and probes once per label; it allocates nothing.</summary>
public sealed class DomainSet
{
    private readonly Entry?[] _slots;

    /// <summary>A set of <paramref name="patterns"/>; doubles do no harm.</summary>
    public DomainSet(IEnumerable<DomainPattern> patterns)
    {
        var list = patterns.ToArray();
        Count = list.Length;
        _slots = new Entry?[list.Length == 0 ? 0 : System.Numerics.BitOperations.RoundUpToPowerOf2((uint)list.Length * 4)];
        foreach (var pattern in list)
        {
            Insert(pattern);
        }
    }

    /// <summary>The set that contains nothing.</summary>
    public static DomainSet Empty { get; } = new([]);

    /// <summary>How many entries it was made of.</summary>
    public int Count { get; }

    /// <summary>Reads entries as configured.</summary>
    /// <exception cref="FormatException">An entry is none; the message names it and says why.</exception>
    public static DomainSet Parse(params IEnumerable<string> entries) => new(entries.Select(entry =>
        DomainPattern.TryParse(entry, out var pattern, out var problem) ? pattern : throw new FormatException($"\"{entry}\" {problem}")));

    /// <summary>True when the host, or for a wildcard one of its parents, is listed. Address literals match only themselves.</summary>
    public bool Contains(in CanonicalHost host)
    {
        if (Count == 0 || host.Kind == HostKind.None)
        {
            return false;
        }

        var name = host.Bytes;
        var hash = SuffixHash.Seed;
        for (var i = name.Length - 1; i >= 0; i--)
        {
            if (name[i] == (byte)'.' && !host.IsLiteral && Find(hash, name[(i + 1)..]) is { IsWildcard: true })
            {
                return true;
            }

            hash = SuffixHash.Add(hash, name[i]);
        }

        return Find(hash, name) is not null;
    }

    private Entry? Find(uint hash, ReadOnlySpan<byte> name)
    {
        for (var at = hash; ; at++)
        {
            var entry = _slots[at & (_slots.Length - 1)];
            if (entry is null || (entry.Hash == hash && name.SequenceEqual(entry.Name)))
            {
                return entry;
            }
        }
    }

    private void Insert(DomainPattern pattern)
    {
        var name = pattern.Host.Bytes.ToArray();
        var hash = SuffixHash.Of(name);
        var at = hash;
        while (_slots[at & (_slots.Length - 1)] is { } taken)
        {
            if (taken.Hash == hash && taken.Name.AsSpan().SequenceEqual(name))
            {
                taken.IsWildcard |= pattern.IsWildcard;
                return;
            }

            at++;
        }

        _slots[at & (_slots.Length - 1)] = new Entry(name, hash) { IsWildcard = pattern.IsWildcard };
    }

    // A wildcard also matches its apex, so any entry matches the whole host, and only a wildcard matches a parent.
    private sealed class Entry(byte[] name, uint hash)
    {
        public byte[] Name { get; } = name;

        public uint Hash { get; } = hash;

        public bool IsWildcard { get; set; }
    }
}
