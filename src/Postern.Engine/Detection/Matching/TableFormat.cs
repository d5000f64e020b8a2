using System.Runtime.CompilerServices;
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
    private const int MaxWords = 1 << 16;

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
            WriteArray<byte>(fields, layout.Masks);
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
        var fields = new TableFields(content);
        var table = new MatchTable
        {
            MaxOffset = fields.Number(0, PendingHits.Ring - 1),
            MaxDepth = fields.Number(1, LiteralMatcher.MaxLiterals),
            Layouts = ReadLayouts(fields),
            Filter = new WindowFilter(fields.Words(), fields.Words()),
            Starts = fields.Slots(),
            Patterns = fields.Patterns(),
            Ids = fields.Numbers(),
            Bytes = fields.Bytes(),
        };
        Require(fields.AtEnd, "has bytes left over");
        Check(table);
        return table;
    }

    private static TeddyLayout[] ReadLayouts(TableFields fields)
    {
        var layouts = new TeddyLayout[fields.Number(1, MaxGroups)];
        for (var i = 0; i < layouts.Length; i++)
        {
            var groups = fields.Number(1, MaxGroups);
            var rate = BitConverter.Int32BitsToSingle(fields.Number(int.MinValue, int.MaxValue));
            layouts[i] = new TeddyLayout(groups, rate, fields.Bytes());
            Require(layouts[i].Masks.Length == groups * TeddyLayout.BytesPerGroup, "has a layout of odd size");
        }

        return layouts;
    }

    /// <summary>Scanning trusts these, some without a bounds check.</summary>
    private static void Check(MatchTable table)
    {
        var words = table.Filter.Words.Length;
        var pairs = table.Filter.Pairs.Length;
        var starts = table.Starts;
        var patterns = table.Patterns;
        Require(words is >= 2 and <= MaxWords && (words & (words - 1)) == 0, "has a filter of odd size");
        Require(pairs is 0 or WindowFilter.PairWords, "has a pair map of odd size");
        Require(starts.Length == words + MatchTable.PairSlots + 1, "has a slot table of odd size");
        Require(patterns.Length is >= 1 and <= LiteralMatcher.MaxLiterals, "has no or too many patterns");
        Require(starts[0] == 0 && starts[^1] == patterns.Length, "has slots that do not cover its patterns");
        for (var i = 1; i < starts.Length; i++)
        {
            if (starts[i] < starts[i - 1])
            {
                throw new InvalidDataException("The matcher table has slots out of order.");
            }
        }

        foreach (var pattern in patterns)
        {
            var padded = (pattern.Length + 15) & ~15;
            var sound = pattern.Length is >= Literal.MinBytes and <= Literal.MaxBytes
                && pattern.Offset <= table.MaxOffset && pattern.Offset < pattern.Length
                && pattern.Value >= 0 && pattern.Value <= table.Bytes.Length - (2 * padded)
                && pattern.IdCount >= 1 && pattern.FirstId >= 0 && pattern.FirstId <= table.Ids.Length - pattern.IdCount;
            Require(sound, "has a pattern that leads outside");
        }
    }

    private static void WriteArray<T>(BinaryWriter fields, ReadOnlySpan<T> items)
        where T : unmanaged
    {
        fields.Write(items.Length);
        fields.Write(MemoryMarshal.AsBytes(items));
    }

    /// <summary>
    /// Catches accidents, not forgers: tables come from where the program comes from. Every step is reversible in the
    /// word it takes, so a change within one word always shows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // its loop is hot at once: one compilation instead of two
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

    /// <summary>Throws <see cref="InvalidDataException"/> saying what the table <paramref name="what"/>, unless the condition holds.</summary>
    public static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidDataException($"The matcher table {what}.");
        }
    }
}
