using System.Buffers.Binary;
using Postern.Engine.Views;

namespace Postern.Engine.Monitoring.Tools.Flow;

/// <summary>
/// Keyed hashes of every run of <see cref="Length"/> letters and digits in the views of a message. Case, white space, punctuation and
/// quoting make no difference; encodings are the views' to undo. The lowest bit says that the run is a rare one.
/// </summary>
internal sealed class Grams
{
    /// <summary>Letters and digits per hash: a telephone number, not yet a word.</summary>
    public const int Length = 12;

    /// <summary>Hashes per message; the text beyond is not compared.</summary>
    public const int Max = 32 * 1024;

    /// <summary>Digits in a rare run.</summary>
    private const int RareDigits = 3;

    private const ulong Multiplier = 0xD6E8FEB86659FD93;

    private static readonly byte[] s_folded = Folded();

    private readonly ulong[] _found = new ulong[Max];
    private ulong _base;
    private ulong _finish;
    private ulong _leaving;

    /// <summary>The hashes, in the order of the views.</summary>
    public ReadOnlySpan<ulong> Found => _found.AsSpan(0, Count);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>True when there was no room for all.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Begins with a message.</summary>
    public void Begin(ReadOnlySpan<byte> key)
    {
        Count = 0;
        IsCut = false;
        _base = ((BinaryPrimitives.ReadUInt64LittleEndian(key) ^ Multiplier) & ~7UL) | 5;
        _finish = (BinaryPrimitives.ReadUInt64LittleEndian(key[8..]) ^ (0xA0761D6478BD642F)) | 1;
        _leaving = 1;
        for (var i = 0; i < Length; i++)
        {
            _leaving *= _base;
        }
    }

    /// <summary>Adds the hashes of one view.</summary>
    public void Add(scoped in View view)
    {
        Span<byte> ring = stackalloc byte[Length];
        ring.Clear();
        var (hash, seen, at, digits) = (0UL, 0, 0, 0);
        foreach (var b in view.Bytes)
        {
            var folded = s_folded[b];
            if (folded == 0)
            {
                continue;
            }

            var old = ring[at];
            ring[at] = folded;
            at = at + 1 == Length ? 0 : at + 1;
            digits += (folded <= '9' ? 1 : 0) - (old is > 0 and <= (byte)'9' ? 1 : 0);
            hash = (hash * _base) + folded - (old * _leaving);
            if (++seen < Length)
            {
                continue;
            }

            if (Count == Max)
            {
                IsCut = true;
                return;
            }

            var mixed = (hash ^ (hash >> 31)) * _finish;
            _found[Count++] = ((mixed ^ (mixed >> 29)) & ~1UL) | (digits >= RareDigits ? 1UL : 0);
        }
    }

    private static byte[] Folded()
    {
        var table = new byte[256];
        for (var b = 0; b < table.Length; b++)
        {
            table[b] = (byte)(b >= 0x80 || char.IsAsciiLetterOrDigit((char)b) ? b is >= 'A' and <= 'Z' ? b | 0x20 : b : 0);
        }

        return table;
    }
}
