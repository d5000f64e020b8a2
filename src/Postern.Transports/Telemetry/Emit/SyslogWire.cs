using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>The way to a syslog server: datagrams, or a connection that is made again when it breaks.</summary>
/// <param name="address">Scheme, host and port.</param>
/// <param name="authority">Who may vouch for the server, as a PEM file; empty for whom the machine trusts.</param>
internal sealed class SyslogWire(Uri address, string authority) : IDisposable
{
    /// <summary>How long a connection may take to be made, and to take what is sent.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>How long something that arrived may take to be understood: an end, or what TLS says after its handshake.</summary>
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(100);

    private Socket? _socket;
    private Task _gone = Task.CompletedTask;
    private Stream? _stream;

    private bool IsDatagram => address.Scheme == "udp";

    /// <summary>Sends all messages.</summary>
    /// <exception cref="IOException">The server is not there, or went away.</exception>
    public async Task SendAsync(IEnumerable<ReadOnlyMemory<byte>> messages, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_patience);
        try
        {
            if (IsDatagram)
            {
                await SendDatagramsAsync(messages, patience.Token).ConfigureAwait(false);
            }
            else
            {
                await SendCountedAsync(messages, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception broken) when (broken is SocketException or IOException or AuthenticationException or CryptographicException
            || (broken is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            Close();
            throw new IOException($"the syslog server cannot be reached ({broken.GetType().Name})", broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private async Task SendDatagramsAsync(IEnumerable<ReadOnlyMemory<byte>> messages, CancellationToken cancel)
    {
        if (_socket is null)
        {
            _socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            await _socket.ConnectAsync(address.IdnHost, address.Port, cancel).ConfigureAwait(false);
        }

        foreach (var message in messages)
        {
            await _socket.SendAsync(message, cancel).ConfigureAwait(false);
        }
    }

    private async Task SendCountedAsync(IEnumerable<ReadOnlyMemory<byte>> messages, CancellationToken cancel)
    {
        // A server that closed says so by an end of its side: nothing is written into such a connection, it would be lost in silence.
        if (_socket is not null && _socket.Poll(0, SelectMode.SelectRead))
        {
            await Task.WhenAny(_gone, Task.Delay(s_glance, cancel)).ConfigureAwait(false);
        }

        if (_gone.IsCompleted)
        {
            Close();
        }

        _stream ??= await ConnectAsync(cancel).ConfigureAwait(false);
        foreach (var message in messages)
        {
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture) + " "), cancel).ConfigureAwait(false);
            await _stream.WriteAsync(message, cancel).ConfigureAwait(false);
        }

        await _stream.FlushAsync(cancel).ConfigureAwait(false);
    }

    private async Task<Stream> ConnectAsync(CancellationToken cancel)
    {
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await _socket.ConnectAsync(address.IdnHost, address.Port, cancel).ConfigureAwait(false);
        var plain = new NetworkStream(_socket);
        if (address.Scheme != "tls")
        {
            _gone = WatchAsync(plain);
            return new BufferedStream(plain);
        }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.IdnHost, CertificateChainPolicy = Trust() }, cancel).ConfigureAwait(false);
        _gone = WatchAsync(tls);
        return new BufferedStream(tls);
    }

    /// <summary>Ends when the server does: it never says anything.</summary>
    private static async Task WatchAsync(Stream stream)
    {
        try
        {
            _ = await stream.ReadAsync(new byte[1]).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // Broken is as good as closed.
        }
    }

    private X509ChainPolicy? Trust()
    {
        if (authority.Length == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authority);
        return policy;
    }

    private void Close()
    {
        // Not the buffered stream: closing that would write what is left into a connection that broke.
        _socket?.Dispose();
        (_socket, _stream) = (null, null);
    }
}
