using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Socks;

/// <summary>
/// Reads what a SOCKS5 client says before its tunnel is open, message by message. Called again with the whole buffer whenever it has grown.
/// Each message has its length in it, 513 bytes at most, so nothing needs a bound of its own. One reader per connection.
/// </summary>
internal sealed class SocksReader : IOpeningReader
{
    private const byte Version = 5;
    private const byte SignInVersion = 1;
    private const byte NoSignIn = 0;
    private const byte NameAndPassword = 2;
    private const byte NoneAcceptable = 0xFF;
    private const byte ConnectCommand = 1;
    private const byte Ipv4 = 1;
    private const byte DomainName = 3;
    private const byte Ipv6 = 4;
    private KeyValuePair<string, string>[] _headers = [];

    /// <summary>The message that comes next; after a fault, the one that has it.</summary>
    public SocksStep Step { get; private set; }

    /// <summary>Bytes of the message that was read last.</summary>
    public int Length { get; private set; }

    /// <summary>What to answer to it: the way to sign in, or that it was signed in. Nobody is turned away here: who it is, is judged with the request.</summary>
    public int Answer { get; private set; }

    /// <summary>What is wrong; <see cref="ConnectFault.None"/> so far.</summary>
    public ConnectFault Fault { get; private set; }

    /// <inheritdoc/>
    public bool IsSound => Fault == ConnectFault.None;

    /// <summary>What a request with a fault is answered with.</summary>
    public SocksReply Code { get; private set; } = SocksReply.Failed;

    /// <summary>What the client wants; null until it said so.</summary>
    public ConnectRequest? Request { get; private set; }

    /// <summary>Reads one message. False when more is needed; then <see cref="Length"/> means nothing. Not to be called again after a fault or a request.</summary>
    /// <param name="bytes">Everything after the message read last.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes) => Step switch
    {
        SocksStep.Greeting => TryGreeting(bytes),
        SocksStep.SignIn => TrySignIn(bytes),
        _ => TryRequest(bytes),
    };

    private bool TryGreeting(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] != Version)
        {
            return !bytes.IsEmpty && Refuse(ConnectFault.Socks);
        }

        if (bytes.Length < 2 || bytes.Length < 2 + bytes[1])
        {
            return false;
        }

        var methods = bytes.Slice(2, bytes[1]);

        // A client that can say who it is, is asked to.
        Answer = methods.Contains(NameAndPassword) ? NameAndPassword : methods.Contains(NoSignIn) ? NoSignIn : NoneAcceptable;
        return Answer == NoneAcceptable ? Refuse(ConnectFault.Socks) : Advance(Answer == NoSignIn ? SocksStep.Request : SocksStep.SignIn, 2 + methods.Length);
    }

    /// <summary>The password is the token and the name says nothing, as with a proxy over HTTP.</summary>
    private bool TrySignIn(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] != SignInVersion)
        {
            return !bytes.IsEmpty && Refuse(ConnectFault.Socks);
        }

        if (bytes.Length < 2 || bytes.Length < 3 + bytes[1] || bytes.Length < 3 + bytes[1] + bytes[2 + bytes[1]])
        {
            return false;
        }

        var password = bytes.Slice(3 + bytes[1], bytes[2 + bytes[1]]);
        _headers = [new(Callers.TokenHeader, Encoding.Latin1.GetString(password))];
        Answer = 0;
        return Advance(SocksStep.Request, 3 + bytes[1] + password.Length);
    }

    private bool TryRequest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 5)
        {
            return !bytes.IsEmpty && bytes[0] != Version && Refuse(ConnectFault.Socks);
        }

        if (bytes[0] != Version || bytes[2] != 0)
        {
            return Refuse(ConnectFault.Socks);
        }

        if (bytes[1] != ConnectCommand)
        {
            return Refuse(ConnectFault.SocksCommand, SocksReply.CommandNotSupported);
        }

        var (start, length) = bytes[3] switch { Ipv4 => (4, 4), Ipv6 => (4, 16), DomainName => (5, bytes[4]), _ => (0, 0) };
        if (start == 0)
        {
            return Refuse(ConnectFault.SocksCommand, SocksReply.AddressNotSupported);
        }

        if (bytes.Length < start + length + 2)
        {
            return false;
        }

        var address = bytes.Slice(start, length);
        var host = bytes[3] switch
        {
            DomainName => Encoding.Latin1.GetString(address),
            Ipv6 => "[" + new IPAddress(address) + "]",
            _ => new IPAddress(address).ToString(),
        };
        return TryTarget(host, BinaryPrimitives.ReadUInt16BigEndian(bytes[(start + length)..]))
            ? Advance(SocksStep.Request, start + length + 2)
            : Refuse(ConnectFault.Authority);
    }

    private bool TryTarget(string host, int port)
    {
        var authority = Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"));
        var isTarget = ConnectRequest.TryOf(TunnelWay.Socks, authority, _headers, out var request);
        Request = request;
        return isTarget;
    }

    private bool Advance(SocksStep next, int length)
    {
        (Step, Length) = (next, length);
        return true;
    }

    private bool Refuse(ConnectFault fault, SocksReply code = SocksReply.Failed)
    {
        (Fault, Code) = (fault, code);
        return true;
    }
}
