using System.Buffers.Binary;

namespace Postern.Engine.Detection.Destination;

/// <summary>
/// The public suffix list, private section included (Tables/public_suffix.bin, made by tools/publicsuffix/generate.py, which
/// describes the layout). Tells which part of a name one owner registered, so that rotating subdomains share one budget.
/// </summary>
internal sealed class PublicSuffixes
{
    private const uint Magic = 0x314C5350; // "PSL1"
    private const int HeaderBytes = 16;
    private const byte SuffixFlag = 1;
    private const byte WildcardFlag = 2;
    private const byte ExceptionFlag = 4;

    private static readonly Lazy<PublicSuffixes> s_shared = new(() => new PublicSuffixes(EmbeddedTable.ReadBytes("public_suffix.bin")));

    private readonly byte[] _table;
    private readonly int _slots;
    private readonly int _offsetStart;
    private readonly int _flagStart;
    private readonly int _poolStart;

    private PublicSuffixes(byte[] table)
    {
        if (Word(table, 0) != Magic)
        {
            throw new InvalidOperationException("the table public_suffix.bin has another format");
        }

        _table = table;
        _slots = Word(table, 4);
        var rules = Word(table, 8);
        _offsetStart = HeaderBytes + (2 * _slots);
        _flagStart = _offsetStart + (4 * (rules + 1));
        _poolStart = _flagStart + rules;
    }

    /// <summary>
    /// The public suffix and the label before it. An address, a single label and a name that is itself a public suffix are returned
    /// whole. The result points into <paramref name="host"/>.
    /// </summary>
    public static ReadOnlySpan<byte> RegistrableDomain(in CanonicalHost host)
    {
        var name = host.Bytes;
        if (host.Kind != HostKind.Name)
        {
            return name;
        }

        var suffix = s_shared.Value.SuffixStart(name);
        return suffix == 0 ? name : name[(name[..(suffix - 1)].LastIndexOf((byte)'.') + 1)..];
    }

    // Where the prevailing rule's suffix begins (publicsuffix.org/list): an exception wins and stands for its parent, else the longest
    // rule, else the last label.
    private int SuffixStart(ReadOnlySpan<byte> name)
    {
        var (hash, suffix, wildcardParent) = (SuffixHash.Seed, name.LastIndexOf((byte)'.') + 1, false);
        for (var i = name.Length - 1; i >= -1; i--)
        {
            if (i == -1 || name[i] == (byte)'.')
            {
                var flags = Flags(hash, name[(i + 1)..]);
                if ((flags & ExceptionFlag) != 0)
                {
                    return i + 2 + name[(i + 1)..].IndexOf((byte)'.');
                }

                suffix = (flags & SuffixFlag) != 0 || wildcardParent ? i + 1 : suffix;
                wildcardParent = (flags & WildcardFlag) != 0;
            }

            if (i >= 0)
            {
                hash = SuffixHash.Add(hash, name[i]);
            }
        }

        return suffix;
    }

    private byte Flags(uint hash, ReadOnlySpan<byte> name)
    {
        for (var at = hash; ; at++)
        {
            var slot = HeaderBytes + (2 * (int)(at & (uint)(_slots - 1)));
            var rule = BinaryPrimitives.ReadUInt16LittleEndian(_table.AsSpan(slot)) - 1;
            if (rule < 0)
            {
                return 0;
            }

            var start = Word(_table, _offsetStart + (4 * rule));
            var end = Word(_table, _offsetStart + (4 * rule) + 4);
            if (name.SequenceEqual(_table.AsSpan(_poolStart + start, end - start)))
            {
                return _table[_flagStart + rule];
            }
        }
    }

    private static int Word(byte[] table, int at) => BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(at));
}
