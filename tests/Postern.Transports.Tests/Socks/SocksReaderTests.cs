using System.Text;
using Postern.Transports.Http.Connect;
using Postern.Transports.Socks;

namespace Postern.Transports.Tests.Socks;

public sealed class SocksReaderTests
{
    private static readonly byte[] s_greeting = [5, 1, 0];
    private static readonly byte[] s_signingIn = [5, 3, 0, 1, 2];
    private static readonly byte[] s_name = [5, 1, 0, 3, 6, .. "a.test"u8, 0x01, 0xBB];

    public static TheoryData<byte[], string> Targets => new()
    {
        { s_name, "a.test:443" },
        { [5, 1, 0, 1, 192, 0, 2, 7, 0, 80], "192.0.2.7:80" },
        { [5, 1, 0, 4, 0x20, 1, 0xD, 0xB8, .. new byte[11], 1, 0xFF, 0xFF], "[2001:db8::1]:65535" },
    };

    public static TheoryData<byte[], string, string> Faults => new()
    {
        { [5, 2, 0, 3, 6, .. "a.test"u8, 1, 0xBB], "SocksCommand", "CommandNotSupported" },
        { [5, 3, 0, 1, 0, 0, 0, 0, 0, 0], "SocksCommand", "CommandNotSupported" },
        { [5, 1, 0, 2, 0, 0, 0, 0], "SocksCommand", "AddressNotSupported" },
        { [5, 1, 1, 1, 192, 0, 2, 7, 0, 80], "Socks", "Failed" },
        { [4, 1, 0, 80, 192, 0, 2, 7, 0], "Socks", "Failed" },
        { [4], "Socks", "Failed" },
        { [5, 1, 0, 3, 0, 0, 80], "Authority", "Failed" },
        { [5, 1, 0, 3, 6, .. "a\0test"u8, 1, 0xBB], "Authority", "Failed" },
        { [5, 1, 0, 3, 6, .. "a@test"u8, 1, 0xBB], "Authority", "Failed" },
        { [5, 1, 0, 3, 5, .. "a:443"u8, 1, 0xBB], "Authority", "Failed" },
        { [5, 1, 0, 3, 6, .. "a.test"u8, 0, 0], "Authority", "Failed" },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void Reads_what_the_client_wants_at_every_split(byte[] request, string authority)
    {
        var reader = new SocksReader();
        ReadOneByOne(reader, s_greeting);
        Assert.Equal(SocksStep.Request, reader.Step);

        ReadOneByOne(reader, request);

        Assert.Equal(authority, Encoding.ASCII.GetString(reader.Request!.Authority.Span));
        Assert.Equal(TunnelWay.Socks, reader.Request.Way);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Refuses_a_request_with_the_code_that_says_why(byte[] request, string fault, string code)
    {
        var reader = new SocksReader();
        ReadOneByOne(reader, s_greeting);

        Assert.True(reader.TryRead(request));

        Assert.Null(reader.Request);
        Assert.Equal((fault, code, SocksStep.Request), (reader.Fault.ToString(), reader.Code.ToString(), reader.Step));
    }

    [Fact]
    public void Who_can_sign_in_is_asked_to_and_the_password_is_the_token()
    {
        var reader = new SocksReader();
        ReadOneByOne(reader, s_signingIn);
        Assert.Equal((SocksStep.SignIn, 2), (reader.Step, reader.Answer));

        ReadOneByOne(reader, [1, 4, .. "name"u8, 6, .. "secret"u8]);
        Assert.Equal((SocksStep.Request, 0), (reader.Step, reader.Answer));

        ReadOneByOne(reader, s_name);
        Assert.Equal("secret", reader.Request!.ValueOf("X-Postern-Agent-Token"));
    }

    [Fact]
    public void An_empty_password_is_no_token()
    {
        var reader = new SocksReader();
        ReadOneByOne(reader, s_signingIn);

        ReadOneByOne(reader, [1, 0, 0]);
        ReadOneByOne(reader, s_name);

        Assert.Equal(string.Empty, reader.Request!.ValueOf("X-Postern-Agent-Token"));
    }

    [Theory]
    [InlineData(new byte[] { 4, 1 })]
    [InlineData(new byte[] { 0x16, 3, 1 })]
    [InlineData(new byte[] { 5, 0 })]
    [InlineData(new byte[] { 5, 2, 1, 0x80 })]
    public void A_greeting_without_a_way_that_is_known_is_a_fault(byte[] greeting)
    {
        var reader = new SocksReader();

        Assert.True(reader.TryRead(greeting));

        Assert.Equal((ConnectFault.Socks, SocksStep.Greeting), (reader.Fault, reader.Step));
    }

    [Fact]
    public void Signing_in_in_a_version_that_there_is_none_of_is_a_fault()
    {
        var reader = new SocksReader();
        ReadOneByOne(reader, s_signingIn);

        Assert.True(reader.TryRead([5, 1, 0]));

        Assert.Equal((ConnectFault.Socks, SocksStep.SignIn), (reader.Fault, reader.Step));
    }

    /// <summary>Needs more up to the last byte of the message, and takes no byte of the next.</summary>
    private static void ReadOneByOne(SocksReader reader, byte[] message)
    {
        for (var length = 0; length < message.Length; length++)
        {
            Assert.False(reader.TryRead(message.AsSpan(0, length)));
        }

        Assert.True(reader.TryRead([.. message, 0xEE]));
        Assert.Equal(ConnectFault.None, reader.Fault);
        Assert.Equal(message.Length, reader.Length);
    }
}
