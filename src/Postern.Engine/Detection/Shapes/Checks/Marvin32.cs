using System.Buffers.Binary;
using System.Numerics;

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>The keyed checksum in Microsoft's identifiable keys.</summary>
internal static class Marvin32
{
    /// <summary>The two halves of the 64-bit result combined by exclusive or.</summary>
    /// <param name="text">What is summed.</param>
    /// <param name="seedName">Eight ASCII bytes, read big-endian as the seed.</param>
    public static uint Folded(ReadOnlySpan<byte> text, ReadOnlySpan<byte> seedName)
    {
        var high = BinaryPrimitives.ReadUInt32BigEndian(seedName);
        var low = BinaryPrimitives.ReadUInt32BigEndian(seedName[4..]);
        var whole = text.Length & ~3;
        for (var i = 0; i < whole; i += 4)
        {
            low += BinaryPrimitives.ReadUInt32LittleEndian(text[i..]);
            Mix(ref low, ref high);
        }

        Span<byte> tail = stackalloc byte[4];
        tail.Clear();
        text[whole..].CopyTo(tail);
        tail[text.Length - whole] = 0x80;
        low += BinaryPrimitives.ReadUInt32LittleEndian(tail);
        Mix(ref low, ref high);
        Mix(ref low, ref high);
        return low ^ high;
    }

    private static void Mix(ref uint low, ref uint high)
    {
        high ^= low;
        low = BitOperations.RotateLeft(low, 20) + high;
        high = BitOperations.RotateLeft(high, 9) ^ low;
        low = BitOperations.RotateLeft(low, 27) + high;
        high = BitOperations.RotateLeft(high, 19);
    }
}
