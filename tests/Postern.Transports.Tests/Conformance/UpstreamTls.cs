using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Tests.Conformance;

/// <summary>TLS in front of an upstream, with a certificate of the world's authority.</summary>
internal sealed class UpstreamTls
{
    public LeafCertificates? Leaves { get; set; }

    public ConnectionDelegate Bind(ConnectionDelegate next) => async connection =>
    {
        var tls = new SslStream(new TransportStreamRelease(connection.Transport), leaveInnerStreamOpen: true);
        await using (tls)
        {
            await tls.AuthenticateAsServerAsync((_, hello, _, _) => new ValueTask<SslServerAuthenticationOptions>(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = Leaves!.For(hello.ServerName),
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            }), null, CancellationToken.None);
            var feature = new TlsFeature(tls);
            connection.Features.Set<ITlsConnectionFeature>(feature);
            connection.Features.Set<ITlsHandshakeFeature>(feature);
            connection.Features.Set<ITlsApplicationProtocolFeature>(feature);
            var outer = connection.Transport;
            var inner = new StreamDuplexPipe(tls, null);
            connection.Transport = inner;
            try
            {
                await next(connection);
            }
            finally
            {
                await inner.Input.CompleteAsync();
                await inner.Output.CompleteAsync();
                connection.Transport = outer;
            }
        }
    };
}
