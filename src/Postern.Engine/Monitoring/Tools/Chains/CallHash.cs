using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>Names calls, tools and files in the state of monitors: fast and without a key, for equality only.</summary>
internal static class CallHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>32 bits of a name.</summary>
    public static uint Of(ReadOnlySpan<char> name) => (uint)(Of(MemoryMarshal.AsBytes(name)) >> 32);

    /// <summary>64 bits of a text.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * Multiplier;
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
        }

        foreach (var b in text)
        {
            hash = Mix(hash ^ b);
        }

        return hash;
    }

    private static ulong Mix(ulong value)
    {
        value *= Multiplier;
        return value ^ (value >> 29);
    }
}
