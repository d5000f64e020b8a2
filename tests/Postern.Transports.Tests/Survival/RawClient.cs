using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

/// <summary>Writes bytes as they are and reads what comes back: no client library tidies anything up.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly Socket _socket;
    private Stream _stream;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public Stream Stream => _stream;

    public static async Task<RawClient> ConnectAsync(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        return new RawClient(socket);
    }

    /// <summary>A connection through a tunnel that the proxy reads, TLS included.</summary>
    public static async Task<RawClient> TunnelAsync(World world, params SslApplicationProtocol[] protocols)
    {
        var client = await ConnectAsync(world.Address);
        var authority = $"secure.test:{world.Upstream.Port}";
        await client.SendAsync($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", await client.ReadHeadAsync(), StringComparison.Ordinal);
        var tls = new SslStream(client._stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "secure.test",
            CertificateChainPolicy = world.Trust,
            ApplicationProtocols = [.. protocols],
        });
        client._stream = tls;
        return client;
    }

    public Task SendAsync(string latin1) => SendAsync(Encoding.Latin1.GetBytes(latin1));

    public async Task SendAsync(byte[] bytes)
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _stream.WriteAsync(bytes, patience.Token);
        await _stream.FlushAsync(patience.Token);
    }

    /// <summary>Sends while it listens: a server that has seen enough answers, closes and reads no more.</summary>
    public async Task<string> AskAsync(string latin1)
    {
        var reading = ReadHeadAsync();
        try
        {
            await SendAsync(latin1);
        }
        catch (IOException)
        {
        }

        return await reading;
    }

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset.</summary>
    public void Reset() => _socket.Close(0);

    /// <summary>One head; less when the other side closes or resets before.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await _stream.ReadAsync(one, patience.Token) > 0)
            {
                head.Append((char)one[0]);
            }
        }
        catch (IOException)
        {
        }

        return head.ToString();
    }

    /// <summary>All that comes until the other side closes; a reset ends it too.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await _stream.CopyToAsync(all, patience.Token);
        }
        catch (IOException)
        {
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }

    /// <summary>Reads until the text is there.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(s_patience);
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await _stream.ReadAsync(buffer, patience.Token);
            Assert.True(read > 0, "The connection ended after: " + seen);
            seen.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return seen.ToString();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
