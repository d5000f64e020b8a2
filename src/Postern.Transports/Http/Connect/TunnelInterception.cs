using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http.Connect;

/// <summary>Opens a tunnel and has Kestrel serve what is inside it: over TLS with a minted certificate, or plain.</summary>
internal sealed class TunnelInterception(TunnelLimits limits, TimeProvider clock)
{
    // One list for all connections: the TLS layer keeps its native context per certificate and list.
    // http/1.0 because a client that offers nothing else (curl --http1.0) would get an alert instead of a handshake (RFC 7301 §3.2).
    private static readonly List<SslApplicationProtocol> s_protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11, new("http/1.0")];

    /// <summary>Runs the tunnel to its end.</summary>
    public async Task<TunnelEndReason> RunAsync(ConnectionContext connection, InterceptTunnel tunnel, TunnelRelease release, ConnectionDelegate next)
    {
        await release.EstablishAsync().ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(limits.Opening, clock);
        (var opening, var reason) = await TunnelOpener.PeekAsync(connection.Transport.Input, timeout.Token).ConfigureAwait(false);
        if (opening is null)
        {
            return reason;
        }

        connection.Features.Set<ITunnelFeature>(new TunnelFeature(tunnel.Host, tunnel.Port, opening.Hello is not null, tunnel.Exchange.Identity));
        if (opening.Hello is null)
        {
            await next(connection).ConfigureAwait(false);
            return TunnelEndReason.Served;
        }

        var named = opening.Hello.ServerName is { } name
            ? ServerNameMatch.IsSame(name, tunnel.Host)
            : ServerNameMatch.MayBeAbsent(tunnel.Host);
        return named
            ? await ServeTlsAsync(connection, tunnel, next).ConfigureAwait(false)
            : TunnelEndReason.ServerNameMismatch;
    }

    private async Task<TunnelEndReason> ServeTlsAsync(ConnectionContext connection, InterceptTunnel tunnel, ConnectionDelegate next)
    {
        var outer = connection.Transport;
        var transport = new TransportStreamRelease(outer);
        await using (transport.ConfigureAwait(false))
        {
            var tls = new SslStream(transport, leaveInnerStreamOpen: true);
            await using (tls.ConfigureAwait(false))
            {
                if (!await TryHandshakeAsync(tls, tunnel).ConfigureAwait(false))
                {
                    return TunnelEndReason.HandshakeFailed;
                }

                Announce(connection.Features, tls);
                var pool = connection.Features.Get<IMemoryPoolFeature>()?.MemoryPool;
                var inner = new StreamDuplexPipe(tls, pool);
                connection.Transport = inner;
                try
                {
                    await next(connection).ConfigureAwait(false);
                }
                finally
                {
                    connection.Transport = outer;
                    await CloseAsync(inner, tls).ConfigureAwait(false);
                }

                return TunnelEndReason.Served;
            }
        }
    }

    private async Task<bool> TryHandshakeAsync(SslStream tls, InterceptTunnel tunnel)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = tunnel.Leaves.For(tunnel.Host),
            ApplicationProtocols = s_protocols,
            // Pinned rather than left to the system: RFC 9325 §3.1.1, and HTTP/2 needs 1.2.
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = false,
            AllowRenegotiation = false,
        };
        using var timeout = new CancellationTokenSource(limits.Handshake, clock);
        try
        {
            await tls.AuthenticateAsServerAsync(options, timeout.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private static void Announce(IFeatureCollection features, SslStream tls)
    {
        var feature = new TlsFeature(tls);
        features.Set<ITlsConnectionFeature>(feature);
        features.Set<ITlsHandshakeFeature>(feature);
        features.Set<ITlsApplicationProtocolFeature>(feature);
    }

    // close_notify tells the client that a body ending with the connection is complete (RFC 8446 §6.1); clients that are gone do not care.
    private static async ValueTask CloseAsync(StreamDuplexPipe inner, SslStream tls)
    {
        try
        {
            await inner.Input.CompleteAsync().ConfigureAwait(false);
            await inner.Output.CompleteAsync().ConfigureAwait(false);
            await tls.ShutdownAsync().ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Nothing is lost: the exchanges inside have ended and were accounted for.
        }
    }
}
