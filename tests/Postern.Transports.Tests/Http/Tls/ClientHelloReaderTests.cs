using System.Net.Security;
using System.Security.Authentication;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Tests.Http.Tls;

public sealed class ClientHelloReaderTests
{
    private static readonly byte[] s_grease = HelloBytes.Extension(0x0A0A, []);
    private static readonly byte[] s_name = HelloBytes.ServerName("Api.Example.com");

    [Theory]
    [InlineData(16384)]
    [InlineData(100)]
    [InlineData(7)]
    [InlineData(1)]
    public void Reads_the_same_hello_at_every_split_point_and_record_size(int recordBytes)
    {
        var bytes = HelloBytes.Records(HelloBytes.Message(s_grease, s_name, HelloBytes.Alpn("\x5A\x5A", "h2", "http/1.1")), recordBytes);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(ClientHelloStatus.NeedMore, ClientHelloReader.Read(bytes.AsSpan(0, length), out var none));
            Assert.Null(none);
        }

        Assert.Equal(ClientHelloStatus.Done, ClientHelloReader.Read(bytes, out var hello));
        Assert.Equal("Api.Example.com", hello!.ServerName);
        Assert.Equal(["\x5A\x5A", "h2", "http/1.1"], hello.Protocols);
        Assert.False(hello.HasEncryptedHello);
    }

    [Fact]
    public void Early_data_after_the_hello_does_not_matter()
    {
        byte[] bytes = [.. HelloBytes.Records(HelloBytes.Message(s_name)), 23, 3, 3, .. HelloBytes.V16(new byte[20_000])];

        Assert.Equal(ClientHelloStatus.Done, ClientHelloReader.Read(bytes, out var hello));
        Assert.Equal("Api.Example.com", hello!.ServerName);
    }

    [Fact]
    public void A_hello_without_extensions_field_has_no_name()
    {
        Assert.Equal(ClientHelloStatus.Done, ClientHelloReader.Read(HelloBytes.Records(HelloBytes.Message(null)), out var hello));
        Assert.Null(hello!.ServerName);
        Assert.Empty(hello.Protocols);
    }

    [Fact]
    public void Encrypted_hello_is_seen()
    {
        var bytes = HelloBytes.Records(HelloBytes.Message(s_name, HelloBytes.Extension(0xFE0D, [0, 1, 2])));

        Assert.Equal(ClientHelloStatus.Done, ClientHelloReader.Read(bytes, out var hello));
        Assert.True(hello!.HasEncryptedHello);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("SSH-2.0-x")]
    [InlineData("\x80\x2E\x01\x03\x01")]
    [InlineData("\x15\x03\x01\0\x02")]
    public void Bytes_that_do_not_start_with_a_handshake_record_are_not_tls(string text) =>
        Assert.Equal(ClientHelloStatus.NotTls, ClientHelloReader.Read(System.Text.Encoding.Latin1.GetBytes(text), out _));

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "wrong major version", [22, 2] },
        { "empty record", [22, 3, 1, 0, 0] },
        { "record above 2^14", [22, 3, 1, 0x40, 1] },
        { "not a ClientHello", HelloBytes.Records(HelloBytes.Handshake(2, new byte[50])) },
        { "other record between fragments", [.. HelloBytes.Record([1, 0]), 23, 3, 3, 0, 1, 0] },
        { "hello larger than the bound", HelloBytes.Record([1, 0, 0x40, 1]) },
        { "hello of 16 MiB", HelloBytes.Record([1, 0xFF, 0xFF, 0xFF]) },
        { "second message in the record", HelloBytes.Record([.. HelloBytes.Message(s_name), 11, 0, 0, 0]) },
        { "duplicate server name extension", HelloBytes.Records(HelloBytes.Message(s_name, HelloBytes.ServerName("evil.example"))) },
        { "two names in one extension", HelloBytes.Records(HelloBytes.Message(HelloBytes.Extension(0, HelloBytes.V16([0, 0, 1, 97, 0, 0, 1, 98])))) },
        { "name of another type", HelloBytes.Records(HelloBytes.Message(HelloBytes.Extension(0, HelloBytes.V16([1, 0, 1, 97])))) },
        { "empty name list", HelloBytes.Records(HelloBytes.Message(HelloBytes.Extension(0, HelloBytes.V16([])))) },
        { "empty server name extension", HelloBytes.Records(HelloBytes.Message(HelloBytes.Extension(0, []))) },
        { "empty name", HelloBytes.Records(HelloBytes.Message(HelloBytes.ServerName(""))) },
        { "name with NUL", HelloBytes.Records(HelloBytes.Message(HelloBytes.ServerName("a.example\0.b"))) },
        { "name with space", HelloBytes.Records(HelloBytes.Message(HelloBytes.ServerName("a b"))) },
        { "name outside ASCII", HelloBytes.Records(HelloBytes.Message(HelloBytes.ServerName("b\u00fccher.example"))) },
        { "name too long", HelloBytes.Records(HelloBytes.Message(HelloBytes.ServerName(new string('a', 256)))) },
        { "name list shorter than said", HelloBytes.Records(HelloBytes.Message(HelloBytes.Extension(0, [0, 9, 0, 0, 1, 97]))) },
        { "bytes after the name list", HelloBytes.Records(HelloBytes.Message(HelloBytes.Extension(0, [.. HelloBytes.V16([0, 0, 1, 97]), 0]))) },
        { "empty ALPN list", HelloBytes.Records(HelloBytes.Message(HelloBytes.Alpn())) },
        { "empty ALPN name", HelloBytes.Records(HelloBytes.Message(HelloBytes.Alpn("h2", ""))) },
        { "extension longer than the list", HelloBytes.Records(HelloBytes.Message([[0, 0, 0, 9, 0]])) },
        { "half an extension header", HelloBytes.Records(HelloBytes.Message([[0, 1, 0]])) },
        { "duplicate unknown extension", HelloBytes.Records(HelloBytes.Message(s_grease, s_grease)) },
        { "body cut", HelloBytes.Records(HelloBytes.Handshake(1, new byte[20])) },
        { "session id above 32", HelloBytes.Records(HelloBytes.Handshake(1, [3, 3, .. new byte[32], .. HelloBytes.V8(new byte[33]), .. HelloBytes.V16([0, 1]), 1, 0])) },
        { "odd cipher suites", HelloBytes.Records(HelloBytes.Handshake(1, [3, 3, .. new byte[32], 0, .. HelloBytes.V16([0, 1, 2]), 1, 0])) },
        { "no cipher suites", HelloBytes.Records(HelloBytes.Handshake(1, [3, 3, .. new byte[32], 0, 0, 0, 1, 0])) },
        { "no compression", HelloBytes.Records(HelloBytes.Handshake(1, [3, 3, .. new byte[32], 0, .. HelloBytes.V16([0, 1]), 0])) },
        { "bytes after the extensions", HelloBytes.Records(HelloBytes.Handshake(1, [3, 3, .. new byte[32], 0, .. HelloBytes.V16([0, 1]), 1, 0, 0, 0, 7])) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Refuses_at_every_split_point_and_never_takes_for_done(string why, byte[] bytes)
    {
        for (var length = 1; length < bytes.Length; length++)
        {
            Assert.True(ClientHelloReader.Read(bytes.AsSpan(0, length), out _) is ClientHelloStatus.NeedMore or ClientHelloStatus.Malformed, why);
        }

        Assert.Equal(ClientHelloStatus.Malformed, ClientHelloReader.Read(bytes, out var hello));
        Assert.Null(hello);
    }

    [Fact]
    public void A_flood_of_tiny_records_ends_at_the_bound()
    {
        var flood = HelloBytes.Records(HelloBytes.Handshake(1, new byte[16_000]), 1);

        Assert.Equal(ClientHelloStatus.NeedMore, ClientHelloReader.Read(flood.AsSpan(0, ClientHelloReader.MaxBytes - 1), out _));
        Assert.Equal(ClientHelloStatus.Malformed, ClientHelloReader.Read(flood.AsSpan(0, ClientHelloReader.MaxBytes), out _));
    }

    [Fact]
    public void The_largest_hello_that_fits_is_read()
    {
        var rest = ClientHelloReader.MaxBytes - HelloBytes.Records(HelloBytes.Message(HelloBytes.Extension(21, []))).Length;
        var bytes = HelloBytes.Records(HelloBytes.Message(HelloBytes.Extension(21, new byte[rest])));

        Assert.Equal(ClientHelloReader.MaxBytes, bytes.Length);
        Assert.Equal(ClientHelloStatus.Done, ClientHelloReader.Read(bytes, out _));
    }

    [Fact]
    public async Task Reads_the_hello_that_the_platform_sends()
    {
        using var sent = new MemoryStream();
        await using var tls = new SslStream(new WriteOnlyPeer(sent));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "models.example.net",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            EnabledSslProtocols = SslProtocols.Tls13,
        };
        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(options));

        Assert.Equal(ClientHelloStatus.Done, ClientHelloReader.Read(sent.ToArray(), out var hello));
        Assert.Equal("models.example.net", hello!.ServerName);
        Assert.Equal(["h2"], hello.Protocols);
    }

    /// <summary>Keeps what is written; reads as closed.</summary>
    private sealed class WriteOnlyPeer(MemoryStream sent) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => 0;
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => sent.Write(buffer, offset, count);
    }
}
