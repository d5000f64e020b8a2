using Postern.Engine.Detection.Matching;
using static Postern.Engine.Tests.Detection.Matching.Matching;

namespace Postern.Engine.Tests.Detection.Matching;

public sealed class TableFormatTests
{
    private static readonly Literal[] s_literals =
    [
        Exact(1, "AKIA"), Exact(1, "ASIA"), Folded(2, "password"), Folded(3, "pass"), Exact(4, "0x"), Exact(5, "eyJ"), Exact(6, new string('z', 64)),
    ];

    [Fact]
    public void A_table_read_back_finds_the_same()
    {
        var read = Read(Written());

        AssertAgreesWithNaive(read, s_literals, [.. "AKIA 0x12 PassWord eyJ "u8, .. new byte[80], .. "zASIA"u8]);
    }

    [Fact]
    public void A_table_read_back_is_written_the_same()
    {
        using var again = new MemoryStream();
        using var writer = new BinaryWriter(again);
        Read(Written()).Write(writer);
        writer.Flush();

        Assert.Equal(Written(), again.ToArray());
    }

    [Fact]
    public void Refuses_a_table_with_any_byte_altered()
    {
        var table = Written();
        for (var at = 0; at < table.Length; at++)
        {
            table[at] ^= (byte)(1 + (at % 255));
            Assert.Throws<InvalidDataException>(() => Read(table));
            table[at] ^= (byte)(1 + (at % 255));
        }

        Assert.NotNull(Read(table));
    }

    [Fact]
    public void Refuses_a_table_cut_anywhere()
    {
        var table = Written();
        for (var length = 0; length < table.Length; length += length < 200 ? 1 : 37)
        {
            Assert.Throws<InvalidDataException>(() => Read(table[..length]));
        }
    }

    [Theory]
    [MemberData(nameof(BrokenTables))]
    public void Refuses_a_table_whose_indexes_lead_outside(string what)
    {
        var sound = LiteralMatcher.Build(s_literals).Table;
        using var kept = new MemoryStream();
        using var writer = new BinaryWriter(kept);
        TableFormat.Write(Broken(sound, what), writer);
        writer.Flush();

        Assert.Throws<InvalidDataException>(() => Read(kept.ToArray()));
    }

    public static TheoryData<string> BrokenTables => ["value", "first id", "id count", "length", "offset", "starts", "order", "depth", "max offset", "groups", "patterns"];

    /// <summary>The table with one thing wrong that the checksum, made afterwards, does not show.</summary>
    private static MatchTable Broken(MatchTable sound, string what)
    {
        ref var first = ref sound.Patterns[0];
        switch (what)
        {
            case "value": first.Value = sound.Bytes.Length - first.PaddedLength; break;
            case "first id": first.FirstId = -1; break;
            case "id count": first.IdCount = sound.Ids.Length + 1; break;
            case "length": first.Length = 65; break;
            case "offset": first.Offset = first.Length; break;
            case "starts": sound.Starts[^1]++; break;
            case "order": sound.Starts[5] = 7; break;
            default: break;
        }

        return new MatchTable
        {
            Filter = sound.Filter,
            Starts = sound.Starts,
            Patterns = what == "patterns" ? [] : sound.Patterns,
            Ids = sound.Ids,
            Bytes = sound.Bytes,
            MaxOffset = what == "max offset" ? 64 : sound.MaxOffset,
            MaxDepth = what == "depth" ? 0 : sound.MaxDepth,
            Layouts = what == "groups" ? [new TeddyLayout(9, 0, new byte[9 * TeddyLayout.BytesPerGroup])] : sound.Layouts,
        };
    }

    private static byte[] Written()
    {
        using var kept = new MemoryStream();
        using var writer = new BinaryWriter(kept);
        LiteralMatcher.Build(s_literals).Write(writer);
        writer.Flush();
        return kept.ToArray();
    }

    private static LiteralMatcher Read(byte[] table)
    {
        using var reader = new BinaryReader(new MemoryStream(table));
        return LiteralMatcher.Read(reader);
    }
}
