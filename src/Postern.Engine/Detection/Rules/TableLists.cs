namespace Postern.Engine.Detection.Rules;

/// <summary>The binary form of lists: how many there are, then one after the other.</summary>
internal static class TableLists
{
    /// <summary>A list of at most 255; the count is one byte.</summary>
    public static void WriteFew<T>(this BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(checked((byte)items.Count));
        writer.WriteEach(items, write);
    }

    /// <summary>A list of at most 65,535; the count is two bytes.</summary>
    public static void WriteMany<T>(this BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(checked((ushort)items.Count));
        writer.WriteEach(items, write);
    }

    /// <summary>A list whose length the reader knows.</summary>
    public static void WriteEach<T>(this BinaryWriter writer, IEnumerable<T> items, Action<BinaryWriter, T> write)
    {
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    public static void WriteStrings(this BinaryWriter writer, byte[][] strings) =>
        writer.WriteMany(strings, static (to, text) => to.WriteString(text));

    /// <summary>A string of at most 255 bytes.</summary>
    public static void WriteString(this BinaryWriter writer, byte[] text)
    {
        writer.Write(checked((byte)text.Length));
        writer.Write(text);
    }

    public static void WriteLiterals(this BinaryWriter writer, RuleLiteral[] literals) => writer.WriteMany(literals, static (to, literal) =>
    {
        to.WriteString(literal.Bytes);
        to.Write(literal.IgnoreCase);
    });

    public static T[] ReadFew<T>(this BinaryReader reader, Func<BinaryReader, T> read) => reader.ReadEach(reader.ReadByte(), read);

    public static T[] ReadMany<T>(this BinaryReader reader, Func<BinaryReader, T> read) => reader.ReadEach(reader.ReadUInt16(), read);

    public static T[] ReadEach<T>(this BinaryReader reader, int count, Func<BinaryReader, T> read)
    {
        var items = count == 0 ? [] : new T[count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(reader);
        }

        return items;
    }

    public static byte[][] ReadStrings(this BinaryReader reader) => reader.ReadMany(ReadString);

    public static byte[] ReadString(BinaryReader reader) => reader.ReadBytes(reader.ReadByte());

    public static RuleLiteral[] ReadLiterals(this BinaryReader reader) =>
        reader.ReadMany(static from => new RuleLiteral(ReadString(from), from.ReadBoolean()));
}
