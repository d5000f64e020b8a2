using System.Runtime.InteropServices;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// Matcher tables as bytes: a mark, the length, the arrays as they lie in memory, a checksum. Loading is a handful of
/// copies and one check of every index, because it happens at start-up in code that is not compiled yet.
/// </summary>
internal static class TableFormat
{
    private const uint Mark = 0x314D4C50; // "PLM1": the last digit changes with the format
    private const int MaxContentBytes = 16 << 20;
    private const int MaxGroups = 8;

    /// <summary>Writes <paramref name="table"/>.</summary>
    public static void Write(MatchTable table, BinaryWriter writer)
    {
        using var content = new MemoryStream();
        using var fields = new BinaryWriter(content);
        fields.Write(table.MaxOffset);
        fields.Write(table.MaxDepth);
        fields.Write(table.Layouts.Length);
        foreach (var layout in table.Layouts)
        {
            fields.Write(layout.Groups);
            fields.Write(layout.Rate);
            fields.Write(layout.Masks);
        }

        WriteArray(fields, table.Filter.Words);
        WriteArray(fields, table.Filter.Pairs);
        WriteArray<ushort>(fields, table.Starts);
        WriteArray<Pattern>(fields, table.Patterns);
        WriteArray<int>(fields, table.Ids);
        WriteArray<byte>(fields, table.Bytes);
        fields.Flush();
        var bytes = content.ToArray();
        writer.Write(Mark);
        writer.Write(bytes.Length);
        writer.Write(bytes);
        writer.Write(Checksum(bytes));
    }

    /// <summary>Reads a table; throws <see cref="InvalidDataException"/> when it is cut, altered or of another format.</summary>
    public static MatchTable Read(BinaryReader reader)
    {
        try
        {
            return Parse(Content(reader));
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException("The matcher table is cut short.", cut);
        }
    }

    private static byte[] Content(BinaryReader reader)
    {
        Require(BitConverter.IsLittleEndian, "is little-endian, as this machine is not");
        Require(reader.ReadUInt32() == Mark, "has another format");
        var length = reader.ReadInt32();
        Require(length is >= 0 and <= MaxContentBytes, "gives an impossible length");
        var content = reader.ReadBytes(length);
        Require(content.Length == length, "is cut short");
        Require(reader.ReadUInt64() == Checksum(content), "does not match its checksum");
        return content;
    }

    private static MatchTable Parse(byte[] content)
    {
        using var fields = new BinaryReader(new MemoryStream(content));
        var table = new MatchTable
        {
            MaxOffset = fields.ReadInt32(),
            MaxDepth = fields.ReadInt32(),
            Layouts = ReadLayouts(fields),
            Filter = ReadFilter(fields),
            Starts = ReadArray<ushort>(fields, content.Length),
            Patterns = ReadArray<Pattern>(fields, content.Length),
            Ids = ReadArray<int>(fields, content.Length),
            Bytes = ReadArray<byte>(fields, content.Length),
        };
        Require(fields.BaseStream.Position == content.Length, "has bytes left over");
        Check(table);
        return table;
    }

    private static TeddyLayout[] ReadLayouts(BinaryReader fields)
    {
        var count = fields.ReadInt32();
        Require(count is >= 1 and <= MaxGroups, "has no or too many layouts");
        var layouts = new TeddyLayout[count];
        for (var i = 0; i < count; i++)
        {
            var groups = fields.ReadInt32();
            Require(groups is >= 1 and <= MaxGroups, "has a layout of no or too many groups");
            var rate = fields.ReadSingle();
            var masks = new byte[groups * TeddyLayout.BytesPerGroup];
            fields.BaseStream.ReadExactly(masks);
            layouts[i] = new TeddyLayout(groups, rate, masks);
        }

        return layouts;
    }

    private static WindowFilter ReadFilter(BinaryReader fields)
    {
        var words = ReadArray<ulong>(fields, MaxContentBytes);
        var pairs = ReadArray<ulong>(fields, MaxContentBytes);
        Require(words.Length is >= 2 and <= 1 << 16 && (words.Length & (words.Length - 1)) == 0, "has a filter of odd size");
        Require(pairs.Length is 0 or WindowFilter.PairWords, "has a pair map of odd size");
        return new WindowFilter(words, pairs);
    }

    /// <summary>Scanning trusts these, some without a bounds check.</summary>
    private static void Check(MatchTable table)
    {
        Require(table.Starts.Length == table.Filter.Words.Length + MatchTable.PairSlots + 1, "has a slot table of odd size");
        Require(table.Patterns.Length is >= 1 and <= LiteralMatcher.MaxLiterals, "has no or too many patterns");
        Require(table.Starts[0] == 0 && table.Starts[^1] == table.Patterns.Length, "has slots that do not cover its patterns");
        for (var i = 1; i < table.Starts.Length; i++)
        {
            Require(table.Starts[i] >= table.Starts[i - 1], "has slots out of order");
        }

        Require(table.MaxOffset is >= 0 and < PendingHits.Ring, "has an offset out of range");
        Require(table.MaxDepth is >= 1 and <= LiteralMatcher.MaxLiterals, "has a depth out of range");
        foreach (ref readonly var pattern in table.Patterns.AsSpan())
        {
            Require(pattern.Length is >= Literal.MinBytes and <= Literal.MaxBytes, "has a pattern of odd length");
            Require(pattern.Offset <= table.MaxOffset && pattern.Offset < pattern.Length, "has a window outside its pattern");
            Require(pattern.Value >= 0 && pattern.Value <= table.Bytes.Length - (2 * pattern.PaddedLength), "has a pattern without bytes");
            Require(pattern.IdCount >= 1 && pattern.FirstId >= 0 && pattern.FirstId <= table.Ids.Length - pattern.IdCount, "has a pattern without ids");
        }
    }

    private static void WriteArray<T>(BinaryWriter fields, ReadOnlySpan<T> items)
        where T : unmanaged
    {
        fields.Write(items.Length);
        fields.Write(MemoryMarshal.AsBytes(items));
    }

    private static T[] ReadArray<T>(BinaryReader fields, int most)
        where T : unmanaged
    {
        var count = fields.ReadInt32();
        Require(count >= 0 && count <= most, "gives an impossible length");
        var items = new T[count];
        fields.BaseStream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }

    /// <summary>
    /// Catches accidents, not forgers: tables come from where the program comes from. Every step is reversible in the
    /// word it takes, so a change within one word always shows.
    /// </summary>
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)bytes.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            hash = (hash ^ word) * 0xD6E8FEB86659FD93UL;
            hash ^= hash >> 32;
        }

        foreach (var one in bytes[(bytes.Length & ~7)..])
        {
            hash = (hash ^ one) * 0xD6E8FEB86659FD93UL;
            hash ^= hash >> 32;
        }

        return hash;
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidDataException($"The matcher table {what}.");
        }
    }
}
