using System.Net;
using System.Net.Sockets;
using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Http.Connect;

/// <summary>A far end that listens on a port of its own; the test plays its part on <see cref="AcceptAsync"/>.</summary>
internal sealed class RelayUpstream : IRelayTarget, IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RelayUpstream() => _listener.Start();

    public List<TunnelOpening> Openings { get; } = [];

    public bool Admits { get; init; } = true;

    public Reply? Refusal { get; init; }

    public async ValueTask<RelayDial> DialAsync(CancellationToken ct)
    {
        if (Refusal is not null)
        {
            return RelayDial.Refused(Refusal);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_listener.LocalEndpoint, ct);
        return RelayDial.Connected(new NetworkStream(socket, ownsSocket: true));
    }

    public async ValueTask<Cleared?> AdmitAsync(TunnelOpening opening, CancellationToken ct)
    {
        Openings.Add(opening);
        return Admits ? await Clearance.OfTunnelAsync() : null;
    }

    public async Task<NetworkStream> AcceptAsync() => new(await _listener.AcceptSocketAsync(), ownsSocket: true);

    public void Dispose() => _listener.Dispose();
}
