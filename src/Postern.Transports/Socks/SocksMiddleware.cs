using Microsoft.AspNetCore.Connections;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Socks;

/// <summary>Kestrel connection middleware that speaks SOCKS5 (RFC 1928) and asks for the tunnel like a CONNECT does. One object serves all connections.</summary>
internal sealed class SocksMiddleware(ITunnelGate gate, TunnelLimits limits, TimeProvider clock)
{
    private readonly OpeningRead _opening = new(limits, clock);
    private readonly TunnelServing _tunnels = new(gate, limits, clock);

    /// <summary>The middleware, for <c>ListenOptions.Use</c>.</summary>
    public ConnectionDelegate Bind(ConnectionDelegate next) => connection => RunAsync(connection, next);

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var reader = new SocksReader();
        var release = new SocksRelease(connection.Transport);
        while (reader.Request is null)
        {
            var step = reader.Step;
            switch (await _opening.RunAsync(connection, step != SocksStep.Greeting, reader).ConfigureAwait(false))
            {
                case FirstBytes.Head when reader.Request is null:
                    await release.AgreeAsync(step == SocksStep.Greeting, reader.Answer).ConfigureAwait(false);
                    break;
                case FirstBytes.Head:
                    break;
                case FirstBytes.Bad:
                    await _tunnels.RejectAsync(connection, TunnelWay.Socks, reader.Fault, new SocksWords(step, reader.Code)).ConfigureAwait(false);
                    return;
                case FirstBytes.Late:
                    await _tunnels.RejectAsync(connection, TunnelWay.Socks, ConnectFault.Timeout, new SocksWords(step, SocksReply.Failed)).ConfigureAwait(false);
                    return;
                default:
                    return;
            }
        }

        await _tunnels.RunAsync(connection, reader.Request, new SocksWords(SocksStep.Request), next).ConfigureAwait(false);
    }
}
