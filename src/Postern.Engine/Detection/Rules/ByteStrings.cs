namespace Postern.Engine.Detection.Rules;

/// <summary>The binary form of a list of short byte strings.</summary>
internal static class ByteStrings
{
    public static void Write(BinaryWriter writer, byte[][] strings)
    {
        writer.Write((ushort)strings.Length);
        foreach (var text in strings)
        {
            writer.Write((byte)text.Length);
            writer.Write(text);
        }
    }

    public static byte[][] Read(BinaryReader reader)
    {
        var strings = new byte[reader.ReadUInt16()][];
        for (var i = 0; i < strings.Length; i++)
        {
            strings[i] = reader.ReadBytes(reader.ReadByte());
        }

        return strings;
    }
}
