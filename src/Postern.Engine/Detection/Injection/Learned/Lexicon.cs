using System.Runtime.CompilerServices;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>
/// Which words of which language mean the same kind of thing (to overrule, a rule, the model, a secret, to send …), by the hash of the
/// word or of its beginning. What the model learns about kinds in one language it knows in all of them.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>Kinds a table can hold; 0 is none.</summary>
    public const int MaxKinds = 64;

    /// <summary>Words of more characters are found by this many of their first ones at most.</summary>
    public const int MaxStem = 8;

    /// <summary>Words of fewer characters are never beginnings.</summary>
    public const int MinStem = 2;

    private const int SieveShift = 21;
    private const int FirstShift = SieveShift - 6;
    private const int SecondShift = FirstShift - 6;

    private readonly uint[] _keys;
    private readonly byte[] _kinds;

    /// <summary>A word per upper 11 bits of a key, and two bits in it by the next twelve: nearly all words of ordinary text end here.</summary>
    private readonly ulong[] _sieve = new ulong[1 << (32 - SieveShift)];

    /// <summary>A table of <paramref name="keys"/> and their kinds; both have the same length, a power of two, and a free place.</summary>
    private Lexicon(uint[] keys, byte[] kinds, IReadOnlyList<string> names) => (_keys, _kinds, Names) = (keys, kinds, names);

    /// <summary>What the kinds are called, the first being kind 1.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Builds the table. Of two kinds for one key the first stays.</summary>
    public static Lexicon Of(IReadOnlyCollection<KeyValuePair<uint, byte>> entries, IReadOnlyList<string> names)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, entries.Count * 3));
        var lexicon = new Lexicon(new uint[size], new byte[size], names);
        foreach (var (key, kind) in entries)
        {
            var at = lexicon.Find(key);
            if (lexicon._kinds[at] == 0)
            {
                (lexicon._keys[at], lexicon._kinds[at]) = (key, kind);
                lexicon._sieve[key >> SieveShift] |= (1UL << (int)(key >> FirstShift)) | (1UL << (int)(key >> SecondShift));
            }
        }

        return lexicon;
    }

    /// <summary>The kind of a key; 0 when it is in no list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte KindOf(uint key) => MayKnow(key) == 0 ? (byte)0 : _kinds[Find(key)];

    /// <summary>0 when the key is in no list, else perhaps 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int MayKnow(uint key)
    {
        var word = _sieve[key >> SieveShift];
        return (int)((word >> (int)(key >> FirstShift)) & (word >> (int)(key >> SecondShift))) & 1;
    }

    private int Find(uint key)
    {
        var at = (int)(key >> 8) & (_keys.Length - 1);
        while (_kinds[at] != 0 && _keys[at] != key)
        {
            at = (at + 1) & (_keys.Length - 1);
        }

        return at;
    }

    public void Write(BinaryWriter writer)
    {
        writer.WriteFew(Names, static (to, name) => to.Write(name));
        writer.Write(_kinds.Count(static kind => kind != 0));
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_kinds[i] != 0)
            {
                writer.Write(_keys[i]);
                writer.Write(_kinds[i]);
            }
        }
    }

    public static Lexicon Read(BinaryReader reader)
    {
        var names = reader.ReadFew(static from => from.ReadString());
        var entries = reader.ReadEach(reader.ReadInt32(), static from => new KeyValuePair<uint, byte>(from.ReadUInt32(), from.ReadByte()));
        return Of(entries, names);
    }
}
