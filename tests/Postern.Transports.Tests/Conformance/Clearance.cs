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
    private static readonly PolicySnapshot s_policy = new(1, "test", TestPolicies.Default());

    public static async Task<Cleared> OfTunnelAsync()
    {
        var (inspector, exchange) = Open("connect");
        await ClearAsync(inspector, exchange, MessageKind.Connect, "tunnel.test:443");
        return await ClearAsync(inspector, exchange, MessageKind.Tunnel, null);
    }

    public static Task<Cleared> OfRequestAsync(string body)
    {
        var (inspector, exchange) = Open("forward");
        return ClearAsync(inspector, exchange, MessageKind.Request, "http://plain.test/", body);
    }

    /// <summary>A conversation in which nothing was ruled yet.</summary>
    public static Exchange Unruled(string transport) => new("test", transport, s_policy);

    private static (Inspector Inspector, Exchange Exchange) Open(string transport)
    {
        var calm = new Switch();
        var resolver = new SystemResolver(TimeProvider.System, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        var inspector = new Inspector(new InspectorSeams(new FaultyEvidence(), new InProcessSessions(), resolver, calm, calm, TimeProvider.System, new byte[32]));
        return (inspector, Unruled(transport));
    }

    private static async Task<Cleared> ClearAsync(Inspector inspector, Exchange exchange, MessageKind kind, string? target, string? body = null)
    {
        using var writer = new MessageWriter();
        if (target is not null)
        {
            writer.Add(PartKind.Url, target);
        }

        if (body is not null)
        {
            writer.Body(System.Text.Encoding.ASCII.GetBytes(body));
        }

        var ruling = await inspector.InspectAsync(exchange, writer.Seal(new MessageFacts(kind, Direction.Outbound)));
        Assert.True(ruling.TryClear(out var cleared, out var refused), refused?.RuleId);
        return cleared;
    }
}
