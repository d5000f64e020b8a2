using System.Net;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Resolving;

namespace Postern.Transports.Tests.Conformance;

/// <summary>The only way a test gets a <see cref="Cleared"/>: from an inspector that has nothing to object to.</summary>
internal static class Clearance
{
    public static async Task<Cleared> OfTunnelAsync()
    {
        var calm = new Switch();
        var resolver = new SystemResolver(TimeProvider.System, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        var inspector = new Inspector(new InspectorSeams(new FaultyEvidence(), new InProcessSessions(), resolver, calm, calm, TimeProvider.System, new byte[32]));
        var exchange = new Exchange("test", "connect", new PolicySnapshot(1, "test", TestPolicies.Default()));
        await ClearAsync(inspector, exchange, MessageKind.Connect, "tunnel.test:443");
        return await ClearAsync(inspector, exchange, MessageKind.Tunnel, null);
    }

    private static async Task<Cleared> ClearAsync(Inspector inspector, Exchange exchange, MessageKind kind, string? target)
    {
        using var writer = new MessageWriter();
        if (target is not null)
        {
            writer.Add(PartKind.Url, target);
        }

        var ruling = await inspector.InspectAsync(exchange, writer.Seal(new MessageFacts(kind, Direction.Outbound)));
        Assert.True(ruling.TryClear(out var cleared, out var refused), refused?.RuleId);
        return cleared;
    }
}
