namespace Postern.Engine.Detection.Matching;

/// <summary>A distinct byte string while its table is being built.</summary>
internal sealed class PatternDraft
{
    private const byte CaseBit = 0x20;

    /// <summary>Takes the bytes of one literal, letters folded when their case does not count.</summary>
    public PatternDraft(ReadOnlySpan<byte> bytes, bool ignoreCase)
    {
        Value = bytes.ToArray();
        Mask = new byte[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            Mask[i] = ignoreCase && char.IsAsciiLetter((char)bytes[i]) ? unchecked((byte)~CaseBit) : (byte)0xFF;
            Value[i] &= Mask[i];
        }
    }

    /// <summary>The bytes under their masks.</summary>
    public byte[] Value { get; }

    /// <summary>Per byte which bits count.</summary>
    public byte[] Mask { get; }

    /// <summary>The literals that share these bytes.</summary>
    public List<int> Ids { get; } = [];

    /// <summary>Where the window was put.</summary>
    public int Offset { get; set; }

    /// <summary>How many places there are for the window.</summary>
    public int Windows => Math.Max(1, Value.Length - Window.Bytes + 1);

    /// <summary>Bytes of the literal inside a window: 4 unless it is shorter.</summary>
    public int WindowBytes => Math.Min(Value.Length, Window.Bytes);

    /// <summary>The window's bytes at <paramref name="offset"/>, first byte lowest.</summary>
    public uint Key(int offset) => Window.NearEnd(Value, offset);

    /// <summary>Which of their bits count.</summary>
    public uint KeyMask(int offset) => Window.NearEnd(Mask, offset);

    /// <summary>What the prefilter must accept for the window at <paramref name="offset"/>.</summary>
    public NibbleSets Sets(int offset)
    {
        var sets = default(NibbleSets);
        for (var i = 0; i < Window.Bytes; i++)
        {
            sets = i < WindowBytes
                ? sets.With(i, Value[offset + i]).With(i, OtherCase(offset + i))
                : sets.WithAny(i);
        }

        return sets;
    }

    /// <summary>The byte at <paramref name="index"/> in its other case; itself when case counts or there is none.</summary>
    public byte OtherCase(int index) => (byte)(Value[index] | ~Mask[index]);
}
