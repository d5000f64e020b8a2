using Postern.Transports.Icap;

namespace Postern.Transports.Tests.Icap;

/// <summary>The frame around a message: read at any split, or refused with the status that RFC 3507 has for it.</summary>
public sealed class IcapReaderTests
{
    private const string Http = "GET http://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private const string Answer = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";

    [Fact]
    public void Reads_a_request_at_every_split()
    {
        var bytes = IcapText.Bytes(IcapText.Respmod(Http, Answer, "5\r\nhello\r\n0\r\n\r\n", "Preview: 30\r\n"));
        var end = bytes.Length - "5\r\nhello\r\n0\r\n\r\n".Length;
        for (var split = 0; split <= bytes.Length; split++)
        {
            var reader = new IcapReader(1024, 10);
            var isRead = reader.TryRead(bytes.AsSpan(0, split)) || reader.TryRead(bytes);

            Assert.True(isRead);
            Assert.Equal((IcapFault.None, end), (reader.Fault, reader.Length));
            Assert.Equal(IcapMethod.ResponseModification, reader.Request!.Method);
            Assert.Equal(("GET", "200", 30), (reader.Request.Asked!.First, reader.Request.Answered!.Second, reader.Request.PreviewBytes));
            Assert.Equal("b", reader.Request.Answered.ValueOf("a"));
        }
    }

    [Fact]
    public void Wants_more_until_the_heads_are_there()
    {
        var bytes = IcapText.Bytes(IcapText.Reqmod(Http));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(new IcapReader(1024, 10).TryRead(bytes.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("req-hdr=0, null-body=45", IcapFault.None)]
    [InlineData("req-hdr=0,req-body=45", IcapFault.None)]
    [InlineData("", IcapFault.BadRequest)]
    [InlineData("req-hdr", IcapFault.BadRequest)]
    [InlineData("req-hdr=, null-body=45", IcapFault.BadRequest)]
    [InlineData("req-hdr=-1, null-body=45", IcapFault.BadRequest)]
    [InlineData("req-hdr=1, null-body=45", IcapFault.BadRequest)]
    [InlineData("req-hdr=0, null-body=0", IcapFault.BadRequest)]
    [InlineData("req-hdr=0, null-body=99999999999", IcapFault.BadRequest)]
    [InlineData("req-hdr=0, null-body=20", IcapFault.BadRequest)]
    [InlineData("req-hdr=0, null-body=44", IcapFault.BadRequest)]
    [InlineData("req-hdr=0, req-hdr=20, res-hdr=30, null-body=45", IcapFault.BadRequest)]
    [InlineData("req-hdr=0, null-body=3000", IcapFault.TooLong)]
    [InlineData("null-body=0", IcapFault.BadComposition)]
    [InlineData("req-body=0", IcapFault.BadComposition)]
    [InlineData("req-hdr=0", IcapFault.BadComposition)]
    [InlineData("res-hdr=0, null-body=45", IcapFault.BadComposition)]
    [InlineData("req-hdr=0, res-body=45", IcapFault.BadComposition)]
    [InlineData("null-body=0, req-hdr=45", IcapFault.BadComposition)]
    [InlineData("req-hdr=0, null-body=45\r\nEncapsulated: req-hdr=0, null-body=45", IcapFault.BadRequest)]
    public void Sections_begin_where_those_before_them_end(string field, object fault) =>
        Assert.Equal(fault, FaultOf($"REQMOD icap://p/reqmod ICAP/1.0\r\nHost: p\r\nEncapsulated: {field}\r\n\r\n{Http}"));

    [Theory]
    [InlineData("REQMOD /reqmod ICAP/1.0", IcapFault.None)]
    [InlineData("REQMOD icap://p:1344/reqmod?x=y ICAP/1.0", IcapFault.None)]
    [InlineData("REQMOD icap://p/reqmod ICAP/2.0", IcapFault.UnknownVersion)]
    [InlineData("REQMOD icap://p/reqmod HTTP/1.1", IcapFault.BadRequest)]
    [InlineData("REQMOD icap://p/reqmod", IcapFault.BadRequest)]
    [InlineData("REQMOD", IcapFault.BadRequest)]
    [InlineData("", IcapFault.BadRequest)]
    [InlineData("reqmod icap://p/reqmod ICAP/1.0", IcapFault.UnknownMethod)]
    [InlineData("LOGMOD icap://p/reqmod ICAP/1.0", IcapFault.UnknownMethod)]
    [InlineData("REQMOD icap://p ICAP/1.0", IcapFault.UnknownService)]
    [InlineData("REQMOD icap://p/reqmod/ ICAP/1.0", IcapFault.UnknownService)]
    [InlineData("REQMOD icap://p/respmod ICAP/1.0", IcapFault.WrongService)]
    public void The_first_line_names_method_service_and_version(string line, object fault) =>
        Assert.Equal(fault, FaultOf($"{line}\r\nHost: p\r\nEncapsulated: req-hdr=0, null-body={Http.Length}\r\n\r\n{Http}"));

    [Theory]
    [InlineData("Preview: 0", IcapFault.None)]
    [InlineData("Preview: 65536", IcapFault.None)]
    [InlineData("Preview: 65537", IcapFault.BadRequest)]
    [InlineData("Preview: -1", IcapFault.BadRequest)]
    [InlineData("Preview: x", IcapFault.BadRequest)]
    [InlineData("Preview: 1\r\nPreview: 2", IcapFault.BadRequest)]
    [InlineData("X: a\nY: b", IcapFault.BadRequest)]
    [InlineData("X: a\rY: b", IcapFault.BadRequest)]
    [InlineData("X: a\r\n folded", IcapFault.BadRequest)]
    [InlineData("X : a", IcapFault.BadRequest)]
    [InlineData(": a", IcapFault.BadRequest)]
    [InlineData("X", IcapFault.BadRequest)]
    [InlineData("A: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\nF: 1\r\nG: 1\r\nH: 1\r\nI: 1", IcapFault.BadRequest)]
    public void Fields_are_strict(string fields, object fault)
    {
        Assert.Equal(fault, FaultOf(IcapText.Reqmod(Http, "0\r\n\r\n", fields + "\r\n")));
        if (!fields.StartsWith("Preview", StringComparison.Ordinal))
        {
            Assert.Equal(fault, FaultOf(IcapText.Reqmod($"GET http://a.test/ HTTP/1.1\r\nHost: a.test\r\n{fields}\r\n{(fields.StartsWith("A:", StringComparison.Ordinal) ? "J: 1\r\n" : "")}\r\n")));
        }
    }

    [Theory]
    [InlineData("GET http://a.test/ HTTP/2\r\n\r\n")]
    [InlineData("GET http://a.test/\r\n\r\n")]
    [InlineData("GET http://a.test/ b HTTP/1.1\r\n\r\n")]
    [InlineData("GET http://a.test/ HTTP/1.1\r\n\r\nX: y\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public void The_head_in_it_is_strict(string http) => Assert.Equal(IcapFault.BadRequest, FaultOf(IcapText.Reqmod(http)));

    [Fact]
    public void A_head_has_an_end() => Assert.Equal(IcapFault.TooLong, FaultOf("REQMOD icap://p/reqmod ICAP/1.0\r\nX: " + new string('x', 2000)));

    private static IcapFault FaultOf(string text)
    {
        var reader = new IcapReader(1024, 10);
        Assert.True(reader.TryRead(IcapText.Bytes(text)));
        Assert.Equal(reader.Fault == IcapFault.None, reader.Request is not null);
        return reader.Fault;
    }
}
