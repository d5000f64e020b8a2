using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Postern.Engine.Views;

/// <summary>
/// The folding of every code point, from the embedded Tables/fold.bin; tools/unicode/make_fold_table.py describes the
/// layout. Loaded at the first byte that is not ASCII.
/// </summary>
internal sealed class FoldTable
{
    public const int AsIs = 0;
    public const int Drop = 1;
    public const int Join = 2;
    public const int Mark = 3;
    public const int FirstAscii = 0x100;
    public const int FirstText = 0x200;

    private const int HeaderBytes = 12;
    private const int BlockCodes = 128;
    private const int BlockShift = 7;
    private const int Stages = 0x110000 >> BlockShift;

    private const int LeadBase = 0x1100;
    private const int LeadCount = 19;
    private const int VowelBase = 0x1161;
    private const int VowelCount = 21;
    private const int TailBase = 0x11A7;
    private const int TailCount = 28;
    private const int SyllableBase = 0xAC00;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    private static readonly Lazy<FoldTable> s_loaded = new(static () => new FoldTable(EmbeddedTable.ReadBytes("Postern.Engine.Views.Tables.fold.bin")));

    private readonly ushort[] _blocks;
    private readonly ushort[] _actions;
    private readonly int[] _offsets;
    private readonly byte[] _texts;
    private readonly (ulong Key, int Composed)[] _pairs;

    private FoldTable(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("PFT1"u8))
        {
            throw new InvalidDataException("fold.bin is not a fold table.");
        }

        var blockCount = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        var textCount = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        var pairCount = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        var at = HeaderBytes;
        _blocks = Take<ushort>(bytes, ref at, Stages);
        _actions = Take<ushort>(bytes, ref at, blockCount * BlockCodes);
        _offsets = Take<int>(bytes, ref at, textCount + 1);
        _texts = bytes.Slice(at, _offsets[textCount]).ToArray();
        at += _texts.Length;
        var numbers = Take<int>(bytes, ref at, pairCount * 3);
        _pairs = new (ulong, int)[pairCount];
        for (var i = 0; i < pairCount; i++)
        {
            _pairs[i] = (Key(numbers[i * 3], numbers[(i * 3) + 1]), numbers[(i * 3) + 2]);
        }
    }

    public static FoldTable Instance => s_loaded.Value;

    /// <summary>What becomes of one code point.</summary>
    public int Action(Rune rune) => _actions[(_blocks[rune.Value >> BlockShift] << BlockShift) | (rune.Value & (BlockCodes - 1))];

    /// <summary>The text that stands for the code points of an action at or above <see cref="FirstText"/>.</summary>
    public ReadOnlySpan<byte> Text(int action) => _texts.AsSpan(_offsets[action - FirstText].._offsets[action - FirstText + 1]);

    /// <summary>The character that two make together, or 0.</summary>
    public int Compose(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount && second - VowelBase is >= 0 and < VowelCount)
        {
            return SyllableBase + (((first - LeadBase) * VowelCount) + second - VowelBase) * TailCount;
        }

        if (first - SyllableBase is >= 0 and < SyllableCount && (first - SyllableBase) % TailCount == 0
            && second - TailBase is > 0 and < TailCount)
        {
            return first + second - TailBase;
        }

        var low = 0;
        var high = _pairs.Length - 1;
        var key = Key(first, second);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_pairs[middle].Key == key)
            {
                return _pairs[middle].Composed;
            }

            (low, high) = _pairs[middle].Key < key ? (middle + 1, high) : (low, middle - 1);
        }

        return 0;
    }

    private static ulong Key(int first, int second) => ((ulong)(uint)first << 32) | (uint)second;

    private static T[] Take<T>(ReadOnlySpan<byte> bytes, ref int at, int count)
        where T : unmanaged
    {
        var items = MemoryMarshal.Cast<byte, T>(bytes[at..])[..count].ToArray();
        at += count * Unsafe.SizeOf<T>();
        return items;
    }
}
