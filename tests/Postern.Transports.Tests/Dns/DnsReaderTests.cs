using Postern.Transports.Dns;

namespace Postern.Transports.Tests.Dns;

public sealed class DnsReaderTests
{
    public static TheoryData<byte[], string> Answered => new()
    {
        { DnsBytes.Query("a.test"), "None" },
        { DnsBytes.Query("_srv._tcp.A-1.test", type: 33), "None" },
        { DnsBytes.Query("a.test", additional: DnsBytes.Edns()), "None" },
        { DnsBytes.Query("a.test", additional: DnsBytes.Edns(options: [0, 10, 0, 2, 1, 2])), "None" },
        { DnsBytes.Query("a.test", additional: DnsBytes.Edns(version: 1)), "BadVersion" },
        { DnsBytes.Query("a.test", @class: 3), "NotImplemented" },
        { [.. DnsBytes.Header(flags: 0x2800), 0], "NotImplemented" },
        { DnsBytes.Query(""), "FormatError" },
        { DnsBytes.Query("a b.test"), "FormatError" },
        { DnsBytes.Query("\u00E9.test"), "FormatError" },
        { DnsBytes.Query(new string('a', 64) + ".test"), "FormatError" },
        { DnsBytes.Query(string.Join('.', Enumerable.Repeat(new string('a', 60), 5))), "FormatError" },
        { [.. DnsBytes.Query("a.test"), 0], "FormatError" },
        { DnsBytes.Query("a.test")[..^1], "FormatError" },
        { DnsBytes.Header(flags: 0x0100), "FormatError" },
        { DnsBytes.Header(flags: 0x0100, questions: 0), "FormatError" },
        { [.. DnsBytes.Header(flags: 0x0100, questions: 2), .. DnsBytes.Query("a.test")[12..], .. DnsBytes.Query("b.test")[12..]], "FormatError" },
        { DnsBytes.Query("a.test", additional: [0, 0, 41, 4]), "FormatError" },
        { DnsBytes.Query("a.test", additional: [.. DnsBytes.Edns(), 9]), "FormatError" },
        { DnsBytes.Query("a.test", additional: [0xC0, 12, .. DnsBytes.Edns()[1..]]), "FormatError" },

        // A pointer to itself, to the header, and behind the end.
        { [.. DnsBytes.Header(flags: 0x0100), 0xC0, 12, 0, 1, 0, 1], "FormatError" },
        { [.. DnsBytes.Header(flags: 0x0100), 1, (byte)'a', 0xC0, 0, 0, 1, 0, 1], "FormatError" },
        { [.. DnsBytes.Header(flags: 0x0100), 0xFF, 0xFF, 0, 1, 0, 1], "FormatError" },
    };

    [Theory]
    [MemberData(nameof(Answered))]
    public void Says_what_is_wrong_with_a_query(byte[] bytes, string code)
    {
        Assert.True(DnsReader.TryRead(bytes, out var query));

        Assert.Equal(code, query.Code.ToString());
        Assert.Equal(0x1234, query.Id);
    }

    [Fact]
    public void Neither_fragments_nor_answers_are_answered()
    {
        Assert.False(DnsReader.TryRead(DnsBytes.Query("a.test").AsMemory(0, 11), out _));
        Assert.False(DnsReader.TryRead((byte[])[.. DnsBytes.Header(flags: 0x8180), .. DnsBytes.Query("a.test")[12..]], out _));
    }

    [Fact]
    public void Reads_the_question()
    {
        Assert.True(DnsReader.TryRead(DnsBytes.Query("Ab.cd.ef.test", type: 28, additional: DnsBytes.Edns(4096)), out var query));

        Assert.Equal(("Ab.cd.ef.test", "Abcd", 28, true, true), (query.Name, query.Joined, query.Type, query.HasEdns, query.WantsRecursion));
        Assert.Equal(DnsReader.MaxDatagramBytes, query.MaxAnswerBytes);
    }
}
