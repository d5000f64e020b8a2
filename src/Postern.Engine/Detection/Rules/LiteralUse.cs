namespace Postern.Engine.Detection.Rules;

/// <summary>One rule's interest in a literal.</summary>
/// <param name="Rule">The rule's place in its set.</param>
/// <param name="Ordinal">Which of the rule's literals.</param>
/// <param name="Length">The literal's length.</param>
internal readonly record struct LiteralUse(int Rule, int Ordinal, int Length)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write((ushort)Rule);
        writer.Write((ushort)Ordinal);
        writer.Write((byte)Length);
    }

    public static LiteralUse Read(BinaryReader reader) => new(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadByte());
}
