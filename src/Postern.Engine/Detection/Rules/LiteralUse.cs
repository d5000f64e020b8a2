namespace Postern.Engine.Detection.Rules;

/// <summary>One rule's interest in a literal.</summary>
/// <param name="Rule">The rule's place in its set.</param>
/// <param name="Ordinal">Which of the rule's literals.</param>
/// <param name="Length">The literal's length.</param>
/// <param name="Edges">Which edges of a word the literal must stand at.</param>
internal readonly record struct LiteralUse(int Rule, int Ordinal, int Length, WordEdges Edges)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write((ushort)Rule);
        writer.Write((ushort)Ordinal);
        writer.Write((byte)Length);
        writer.Write((byte)Edges);
    }

    public static LiteralUse Read(BinaryReader reader) => new(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadByte(), (WordEdges)reader.ReadByte());
}
