using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Postern.Bench.Proxy;

/// <summary>One connection through a proxy, one request at a time; it reads no more of HTTP than Content-Length.</summary>
internal sealed class ProxyClient : IDisposable
{
    private readonly TcpClient _socket;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private Stream _stream;

    /// <summary>Connects to the proxy.</summary>
    public ProxyClient(int proxyPort)
    {
        _socket = new TcpClient("127.0.0.1", proxyPort) { NoDelay = true, ReceiveTimeout = 60_000 };
        _stream = _socket.GetStream();
    }

    /// <summary>Opens a tunnel; throws when the proxy does not.</summary>
    public void Connect(int port) => Exchange($"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", isTunnel: true);

    /// <summary>TLS inside the tunnel, with somebody who is known to <paramref name="authority"/>.</summary>
    public void Encrypt(string authority)
    {
        using var root = X509Certificate2.CreateFromPem(File.ReadAllText(authority));
        var encrypted = new SslStream(_stream);
        encrypted.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { root },
            },
        });
        _stream = encrypted;
    }

    /// <summary>Gets a page and says how many bytes its body had.</summary>
    public long Get(string target, string host) => Exchange($"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n", isTunnel: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private long Exchange(string request, bool isTunnel)
    {
        _stream.Write(Encoding.ASCII.GetBytes(request));
        var filled = 0;
        int end;
        while ((end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += Read(_buffer.AsSpan(filled));
        }

        var head = Encoding.ASCII.GetString(_buffer, 0, end);
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The proxy answered: " + head.Split('\r')[0]);
        }

        var length = isTunnel ? 0 : LengthIn(head);
        for (var left = length - (filled - end - 4); left > 0;)
        {
            left -= Read(_buffer.AsSpan(0, (int)Math.Min(left, _buffer.Length)));
        }

        return length;
    }

    private int Read(Span<byte> to) => _stream.Read(to) is > 0 and var count ? count : throw new EndOfStreamException();

    private static long LengthIn(string head)
    {
        const string Name = "\r\nContent-Length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
        return at < Name.Length
            ? throw new InvalidOperationException("The answer has no length.")
            : long.Parse(head[at..].Split('\r')[0], CultureInfo.InvariantCulture);
    }
}
