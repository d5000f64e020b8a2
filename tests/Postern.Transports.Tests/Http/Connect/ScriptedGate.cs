using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Tests.Http.Connect;

/// <summary>A gate that decides as the test says and keeps what it is told.</summary>
internal sealed class ScriptedGate(Func<ConnectRequest, TunnelDecision> decide) : ITunnelGate
{
    private readonly Channel<TunnelEnd> _ends = Channel.CreateUnbounded<TunnelEnd>();
    private readonly Channel<ConnectFault> _faults = Channel.CreateUnbounded<ConnectFault>();

    public ValueTask<TunnelDecision> DecideAsync(ConnectRequest request, ConnectionContext connection, CancellationToken ct) => new(decide(request));

    public ValueTask<TunnelRefusal> RejectAsync(TunnelWay way, ConnectFault fault, ConnectionContext connection, CancellationToken ct)
    {
        Assert.True(_faults.Writer.TryWrite(fault));
        return new(new TunnelRefusal(Reply.Own(fault == ConnectFault.Timeout ? 408 : 400, "text/plain", Encoding.ASCII.GetBytes(fault.ToString()))));
    }

    public ValueTask EndedAsync(OpenedTunnel tunnel, TunnelEnd end)
    {
        Assert.True(_ends.Writer.TryWrite(end));
        return default;
    }

    public async Task<TunnelEnd> EndAsync() => await _ends.Reader.ReadAsync();

    public async Task<ConnectFault> FaultAsync() => await _faults.Reader.ReadAsync();

    /// <summary>Nothing more was reported than what was read.</summary>
    public bool IsQuiet => _ends.Reader.Count == 0 && _faults.Reader.Count == 0;
}
