using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// Takes the fields of a table in turn. Block copies into plain arrays, no generics: those would be compiled anew for
/// each element type while the program starts.
/// </summary>
internal sealed class TableFields(byte[] content)
{
    private int _at;

    /// <summary>True when every byte was taken.</summary>
    public bool AtEnd => _at == content.Length;

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>; anything else is an <see cref="InvalidDataException"/>.</summary>
    public int Number(int least, int most)
    {
        TableFormat.Require(content.Length - _at >= sizeof(int), "is cut short");
        var number = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(_at));
        TableFormat.Require(number >= least && number <= most, "has a number out of range");
        _at += sizeof(int);
        return number;
    }

    /// <summary>An array of 8-byte words.</summary>
    public ulong[] Words()
    {
        var words = new ulong[Count(sizeof(ulong))];
        Copy(words, words.Length * sizeof(ulong));
        return words;
    }

    /// <summary>An array of 2-byte slots.</summary>
    public ushort[] Slots()
    {
        var slots = new ushort[Count(sizeof(ushort))];
        Copy(slots, slots.Length * sizeof(ushort));
        return slots;
    }

    /// <summary>An array of 4-byte numbers.</summary>
    public int[] Numbers()
    {
        var numbers = new int[Count(sizeof(int))];
        Copy(numbers, numbers.Length * sizeof(int));
        return numbers;
    }

    /// <summary>An array of bytes.</summary>
    public byte[] Bytes()
    {
        var bytes = new byte[Count(1)];
        Copy(bytes, bytes.Length);
        return bytes;
    }

    /// <summary>An array of patterns as they lie in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // inlines what would be five small compilations
    public Pattern[] Patterns()
    {
        var size = Unsafe.SizeOf<Pattern>();
        var patterns = new Pattern[Count(size)];
        var length = patterns.Length * size;
        TableFormat.Require(content.Length - _at >= length, "is cut short");
        content.AsSpan(_at, length).CopyTo(MemoryMarshal.AsBytes(patterns.AsSpan()));
        _at += length;
        return patterns;
    }

    private int Count(int size) => Number(0, (content.Length - _at) / size);

    private void Copy(Array target, int length)
    {
        TableFormat.Require(content.Length - _at >= length, "is cut short");
        Buffer.BlockCopy(content, _at, target, 0, length);
        _at += length;
    }
}
