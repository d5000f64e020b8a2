namespace Postern.Engine.Detection.Rules;

/// <summary>The binary form of a matcher's literals.</summary>
internal static class LiteralList
{
    public static void Write(BinaryWriter writer, RuleLiteral[] literals)
    {
        writer.Write((ushort)literals.Length);
        foreach (var literal in literals)
        {
            writer.Write((byte)literal.Bytes.Length);
            writer.Write(literal.Bytes);
            writer.Write(literal.IgnoreCase);
        }
    }

    public static RuleLiteral[] Read(BinaryReader reader)
    {
        var literals = new RuleLiteral[reader.ReadUInt16()];
        for (var i = 0; i < literals.Length; i++)
        {
            literals[i] = new RuleLiteral(reader.ReadBytes(reader.ReadByte()), reader.ReadBoolean());
        }

        return literals;
    }
}
