using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Control.Simulation;

/// <summary>Connections that may begin with TLS or without: the first byte tells. A certificate is made for whatever name is asked for.</summary>
/// <param name="leaves">Makes them.</param>
internal sealed class OptionalTls(LeafCertificates leaves)
{
    /// <summary>The first byte of a TLS record that holds a handshake (RFC 8446 §5.1).</summary>
    private const byte Handshake = 0x16;

    /// <summary>The middleware.</summary>
    public ConnectionDelegate Bind(ConnectionDelegate next) => async connection =>
    {
        var first = await connection.Transport.Input.ReadAsync().ConfigureAwait(false);
        var isTls = !first.Buffer.IsEmpty && first.Buffer.FirstSpan[0] == Handshake;
        connection.Transport.Input.AdvanceTo(first.Buffer.Start);
        await (isTls ? TalkAsync(connection, next) : next(connection)).ConfigureAwait(false);
    };

    private async Task TalkAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var outer = connection.Transport;
        var tls = new SslStream(new TransportStreamRelease(outer), leaveInnerStreamOpen: true);
        await using var closing = tls.ConfigureAwait(false);
        try
        {
            await tls.AuthenticateAsServerAsync((_, hello, _, _) => new ValueTask<SslServerAuthenticationOptions>(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = leaves.For(hello.ServerName),
                ApplicationProtocols = [SslApplicationProtocol.Http11],
            }), null, connection.ConnectionClosed).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException)
        {
            return;
        }

        var feature = new TlsFeature(tls);
        connection.Features.Set<ITlsConnectionFeature>(feature);
        connection.Features.Set<ITlsHandshakeFeature>(feature);
        var inner = new StreamDuplexPipe(tls, null);
        connection.Transport = inner;
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            await inner.Input.CompleteAsync().ConfigureAwait(false);
            await inner.Output.CompleteAsync().ConfigureAwait(false);
            connection.Transport = outer;
        }
    }
}
