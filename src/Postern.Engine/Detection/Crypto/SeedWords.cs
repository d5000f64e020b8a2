using System.Buffers.Binary;
using System.Text;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Crypto;

/// <summary>
/// The ten word lists of BIP-39 in one table, each word as it is written and as a folded view shows it. Made when the first text comes along that could be a phrase.
/// </summary>
internal sealed class SeedWords
{
    /// <summary>Words of one list.</summary>
    public const int PerLanguage = 2048;

    /// <summary>The longest word, in bytes.</summary>
    public const int MaxWordBytes = 27;

    private const int SlotBits = 16;
    private const int FilterBits = 18;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private static readonly string[] s_languages =
    [
        "english", "spanish", "french", "italian", "portuguese", "czech", "japanese", "korean", "chinese-simplified", "chinese-traditional",
    ];

    private static SeedWords? s_all;

    private readonly ulong[] _keys = new ulong[1 << SlotBits];
    private readonly ushort[] _masks = new ushort[1 << SlotBits];
    private readonly ulong[] _filter = new ulong[1 << (FilterBits - 6)];
    private readonly Dictionary<(int Slot, int Language), int> _indices = new(s_languages.Length * PerLanguage * 2);

    private SeedWords()
    {
        for (var language = 0; language < s_languages.Length; language++)
        {
            Read(language, folded: false);
        }

        // Folding makes a few words equal; as they are written they stay apart, and that reading goes first.
        for (var language = 0; language < s_languages.Length; language++)
        {
            Read(language, folded: true);
        }
    }

    /// <summary>True once the lists were needed.</summary>
    public static bool IsLoaded => s_all is not null;

    /// <summary>The lists.</summary>
    public static SeedWords All => s_all ??= new SeedWords();

    /// <summary>False when a word stands in no list; true for one in a dozen others too. Reads a table that stays close, other than <see cref="Find"/>.</summary>
    public bool MayHave(ReadOnlySpan<byte> word) => word.Length <= MaxWordBytes && Passes(KeyOf(word) * Multiplier);

    /// <summary>The slot of a word, letters in either case; -1 when it stands in no list.</summary>
    public int Find(ReadOnlySpan<byte> word)
    {
        if (word.Length > MaxWordBytes)
        {
            return -1;
        }

        var key = KeyOf(word);
        var slot = SlotOf(key * Multiplier, key);
        return _keys[slot] == key ? slot : -1;
    }

    /// <summary>The languages a word belongs to, a bit each.</summary>
    public int LanguagesOf(int slot) => _masks[slot];

    /// <summary>The number of a word in the list of one of its languages.</summary>
    public int IndexOf(int slot, int language) => _indices[(slot, language)];

    private void Read(int language, bool folded)
    {
        using var reader = new StreamReader(EmbeddedTable.Open($"Postern.words.{s_languages[language]}.txt"), Encoding.UTF8);
        for (var index = 0; reader.ReadLine() is { } word; index++)
        {
            var key = KeyOf(Encoding.UTF8.GetBytes(folded ? UnicodeFold.Fold(word) : word));
            var mixed = key * Multiplier;
            var slot = SlotOf(mixed, key);
            _keys[slot] = key;
            _masks[slot] |= (ushort)(1 << language);
            var bit = mixed >> (64 - FilterBits);
            _filter[bit >> 6] |= 1UL << (int)(bit & 63);
            _indices.TryAdd((slot, language), index);
        }
    }

    private bool Passes(ulong mixed)
    {
        var bit = mixed >> (64 - FilterBits);
        return (_filter[bit >> 6] >> (int)(bit & 63) & 1) != 0;
    }

    private int SlotOf(ulong mixed, ulong key)
    {
        var slot = (int)(mixed >> (64 - SlotBits));
        while (_keys[slot] != key && _keys[slot] != 0)
        {
            slot = (slot + 1) & ((1 << SlotBits) - 1);
        }

        return slot;
    }

    /// <summary>Words of up to eight bytes are their own key; longer ones, a third of the lists, are mixed into one. Never zero.</summary>
    private static ulong KeyOf(ReadOnlySpan<byte> word)
    {
        // Only letters of ASCII have a bit for their case.
        var caseBits = word[0] < 0x80 ? 0x2020202020202020 : 0UL;
        var key = 0UL;
        for (; word.Length > sizeof(ulong); word = word[sizeof(ulong)..])
        {
            key = (key * Multiplier) + (BinaryPrimitives.ReadUInt64LittleEndian(word) | caseBits);
        }

        return (key * Multiplier) + (Padded(word) | caseBits);
    }

    /// <summary>One to eight bytes as a number, the missing ones being zero.</summary>
    private static ulong Padded(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= sizeof(uint))
        {
            var last = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]);
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes) | (last << (8 * (bytes.Length - sizeof(uint))));
        }

        // Of one, two or three bytes the first, the middle and the last are all there are.
        var middle = bytes.Length / 2;
        return bytes[0] | ((ulong)bytes[middle] << (8 * middle)) | ((ulong)bytes[^1] << (8 * (bytes.Length - 1)));
    }
}
