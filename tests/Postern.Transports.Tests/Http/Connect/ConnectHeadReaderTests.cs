using System.Text;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Tests.Http.Connect;

public sealed class ConnectHeadReaderTests
{
    private const string Good = "CONNECT api.example.com:443 HTTP/1.1\r\nHost: api.example.com:443\r\nX-Empty:\r\nProxy-Authorization: \t Basic Zm9v \r\n\r\n";

    [Fact]
    public void Reads_the_same_head_at_every_split_point()
    {
        var bytes = Encoding.Latin1.GetBytes(Good + "\x16\x03\x01 what follows");
        for (var split = 0; split < Good.Length; split++)
        {
            var reader = new ConnectHeadReader();
            Assert.Equal(ConnectHeadStatus.NeedMore, reader.Read(bytes.AsSpan(0, split)));
            Assert.Equal(ConnectHeadStatus.Done, reader.Read(bytes));
            AssertGood(reader.Head!);
        }
    }

    [Fact]
    public void Reads_a_head_that_arrives_byte_by_byte()
    {
        var bytes = Encoding.Latin1.GetBytes(Good);
        var reader = new ConnectHeadReader();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(ConnectHeadStatus.NeedMore, reader.Read(bytes.AsSpan(0, length)));
        }

        Assert.Equal(ConnectHeadStatus.Done, reader.Read(bytes));
        AssertGood(reader.Head!);
    }

    [Theory]
    [InlineData("G", true)]
    [InlineData("PRI * HTTP/2.0", true)]
    [InlineData("connect a:1", true)]
    [InlineData("COPY / HTTP/1.1", true)]
    [InlineData("CONNECTX", true)]
    [InlineData("\r\nCONNECT a:1 HTTP/1.1\r\n\r\n", true)]
    [InlineData("\x16\x03\x01", true)]
    [InlineData("C", false)]
    [InlineData("CONNECT", false)]
    [InlineData("", false)]
    public void Knows_at_the_first_differing_byte_that_it_is_not_connect(string text, bool known) =>
        Assert.Equal(known ? ConnectHeadStatus.NotConnect : ConnectHeadStatus.NeedMore, new ConnectHeadReader().Read(Encoding.Latin1.GetBytes(text)));

    [Theory]
    [InlineData("a.example:443", "a.example", 443)]
    [InlineData("192.0.2.1:8443", "192.0.2.1", 8443)]
    [InlineData("[2001:db8::1]:443", "2001:db8::1", 443)]
    [InlineData("a.example:1", "a.example", 1)]
    [InlineData("a.example:65535", "a.example", 65535)]
    public void Splits_the_authority(string authority, string host, int port)
    {
        var reader = new ConnectHeadReader();
        Assert.Equal(ConnectHeadStatus.Done, reader.Read(Head($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n")));
        Assert.Equal(authority, Text(reader.Head!.Authority));
        Assert.Equal(host, Text(reader.Head.Host));
        Assert.Equal(port, reader.Head.Port);
    }

    [Theory]
    [InlineData("CONNECT a.example:443 HTTP/1.0\r\n\r\n")]
    [InlineData("CONNECT a.example:443 HTTP/1.1\r\nHost: A.EXAMPLE:443\r\n\r\n")]
    [InlineData("CONNECT a.example:443 HTTP/1.1\r\nhost: a.example\r\n\r\n")]
    [InlineData("CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]\r\n\r\n")]
    [InlineData("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\nX: caf\u00e9\r\n\r\n")]
    public void Accepts_what_clients_send(string head) => Assert.Equal(ConnectHeadStatus.Done, new ConnectHeadReader().Read(Head(head)));

    public static TheoryData<string, string> Faults => new()
    {
        { "CONNECT a.example HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a.example: HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT :443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a.example:0 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a.example:0443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a.example:65536 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a.example:+443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a.example:443x HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT u@a.example:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT https://a.example:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT /path:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a.example#:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a\\b:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a\0b:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT b\u00fccher:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT ::1:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT [::1:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT []:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT [a.example]:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT [::1]x:443 HTTP/1.1\r\n", nameof(ConnectFault.Authority) },
        { "CONNECT a.example:443\r\n", nameof(ConnectFault.RequestLine) },
        { "CONNECT  a.example:443 HTTP/1.1\r\n", nameof(ConnectFault.RequestLine) },
        { "CONNECT a.example:443  HTTP/1.1\r\n", nameof(ConnectFault.RequestLine) },
        { "CONNECT a.example:443 HTTP/1.1 \r\n", nameof(ConnectFault.RequestLine) },
        { "CONNECT a.example:443 HTTP/2.0\r\n", nameof(ConnectFault.Version) },
        { "CONNECT a.example:443 http/1.1\r\n", nameof(ConnectFault.Version) },
        { "CONNECT a.example:443 HTTP/1.1\n", nameof(ConnectFault.BareLineFeed) },
        { Start("Host: a.example\n"), nameof(ConnectFault.BareLineFeed) },
        { Start("\n"), nameof(ConnectFault.BareLineFeed) },
        { Start("X: a\rb\r\n"), nameof(ConnectFault.BareCarriageReturn) },
        { Start("X: a\r\r\n"), nameof(ConnectFault.BareCarriageReturn) },
        { Start("X: a\r\n b\r\n"), nameof(ConnectFault.FoldedHeader) },
        { Start("X: a\r\n\tb\r\n"), nameof(ConnectFault.FoldedHeader) },
        { Start(" X: a\r\n"), nameof(ConnectFault.FoldedHeader) },
        { Start("X : a\r\n"), nameof(ConnectFault.SpaceBeforeColon) },
        { Start("X\t: a\r\n"), nameof(ConnectFault.SpaceBeforeColon) },
        { Start("no colon\r\n"), nameof(ConnectFault.HeaderName) },
        { Start(": a\r\n"), nameof(ConnectFault.HeaderName) },
        { Start("X y: a\r\n"), nameof(ConnectFault.HeaderName) },
        { Start("X\u00e9: a\r\n"), nameof(ConnectFault.HeaderName) },
        { Start("X: a\0b\r\n"), nameof(ConnectFault.HeaderValue) },
        { Start("X: a\x7f\r\n"), nameof(ConnectFault.HeaderValue) },
        { Start("\r\n"), nameof(ConnectFault.HostMissing) },
        { Start("Host: a.example\r\nHost: a.example\r\n\r\n"), nameof(ConnectFault.HostRepeated) },
        { Start("Host: b.example\r\n\r\n"), nameof(ConnectFault.HostMismatch) },
        { Start("Host: a.example:80\r\n\r\n"), nameof(ConnectFault.HostMismatch) },
        { Start("Host:\r\n\r\n"), nameof(ConnectFault.HostMismatch) },
        { Start("Host: a.example\r\nContent-Length: 0\r\n\r\n"), nameof(ConnectFault.Body) },
        { Start("Host: a.example\r\nTransfer-ENCODING: chunked\r\n\r\n"), nameof(ConnectFault.Body) },
        { Start(string.Concat(Enumerable.Repeat("X: a\r\n", 101))), nameof(ConnectFault.TooManyHeaders) },
        { Start("X: " + new string('a', ConnectHeadReader.MaxBytes)), nameof(ConnectFault.TooLarge) },
        { "CONNECT " + new string('a', ConnectHeadReader.MaxBytes), nameof(ConnectFault.TooLarge) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Refuses_whole_or_byte_by_byte_for_the_same_reason(string text, string fault)
    {
        var bytes = Head(text);
        var whole = new ConnectHeadReader();
        Assert.Equal(ConnectHeadStatus.Bad, whole.Read(bytes));
        Assert.Equal(fault, whole.Fault.ToString());
        Assert.Null(whole.Head);

        var slow = new ConnectHeadReader();
        var length = 0;
        ConnectHeadStatus status;
        do
        {
            status = slow.Read(bytes.AsSpan(0, length++));
        }
        while (status == ConnectHeadStatus.NeedMore && length <= bytes.Length);
        Assert.Equal(ConnectHeadStatus.Bad, status);
        Assert.Equal(fault, slow.Fault.ToString());
    }

    [Fact]
    public void A_head_of_exactly_the_bound_and_of_exactly_the_header_count_is_read()
    {
        var most = Start("Host: a.example\r\n" + string.Concat(Enumerable.Repeat("X: a\r\n", 98)));
        var head = most + "Y: " + new string('y', ConnectHeadReader.MaxBytes - most.Length - 7) + "\r\n\r\n";
        Assert.Equal(ConnectHeadReader.MaxBytes, head.Length);
        Assert.Equal(ConnectHeadStatus.Done, new ConnectHeadReader().Read(Head(head)));
    }

    private static string Start(string rest) => "CONNECT a.example:443 HTTP/1.1\r\n" + rest;

    private static byte[] Head(string text) => Encoding.Latin1.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);

    private static void AssertGood(ConnectHead head)
    {
        Assert.Equal(Good, Text(head.Bytes));
        Assert.Equal("api.example.com:443", Text(head.Authority));
        Assert.Equal(
            ["Host=api.example.com:443", "X-Empty=", "Proxy-Authorization=Basic Zm9v"],
            head.Headers.Select(header => $"{Text(head.Name(header))}={Text(head.Value(header))}"));
    }
}
