namespace Postern.Engine.Detection.Rules;

/// <summary>One rule's interest in runs of an alphabet.</summary>
/// <param name="Rule">The rule's place in its set.</param>
/// <param name="Ordinal">What its machine is told.</param>
/// <param name="Min">The shortest run worth a call.</param>
/// <param name="Max">The longest run worth a call.</param>
internal readonly record struct RunUse(int Rule, int Ordinal, int Min, int Max)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write((ushort)Rule);
        writer.Write((ushort)Ordinal);
        writer.Write((ushort)Min);
        writer.Write((ushort)Max);
    }

    public static RunUse Read(BinaryReader reader) =>
        new(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16());
}
