using System.Net;
using System.Net.Sockets;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Resolving;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.Http.Tls;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>Time and loss, with a clock in the scenario's hands and both peers at the end of a bare connection.</summary>
public sealed class WebSocketRelayTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly ManualClock _clock = new(DateTimeOffset.UnixEpoch);
    private readonly FaultyEvidence _evidence = new();

    [Fact]
    public async Task Silence_of_300_s_ends_it_on_both_sides()
    {
        await RunAsync(async (agent, world) =>
        {
            _clock.Advance(TimeSpan.FromSeconds(299));
            _clock.Advance(TimeSpan.FromSeconds(2));

            Assert.StartsWith("Close 1001 ", await RawPeer.ReadToCloseAsync(agent, SocketPeer.Server), StringComparison.Ordinal);
            Assert.StartsWith("Close 1001 ", await RawPeer.ReadToCloseAsync(world, SocketPeer.Client), StringComparison.Ordinal);
        });

        Assert.Empty(Closes);
    }

    [Fact]
    public async Task Traffic_keeps_it_open_for_3600_s_and_no_longer()
    {
        await RunAsync(async (agent, world) =>
        {
            var passed = TimeSpan.Zero;
            var reader = new byte[64];
            while (passed < TimeSpan.FromSeconds(3500))
            {
                await agent.WriteAsync(Frames.Text("tick", masked: true));
                Assert.Equal(10, await world.ReadAtLeastAsync(reader, 10).AsTask().WaitAsync(s_patience));
                _clock.Advance(TimeSpan.FromSeconds(250));
                passed += TimeSpan.FromSeconds(250);
            }

            await agent.WriteAsync(Frames.Text("tick", masked: true));
            Assert.Equal(10, await world.ReadAtLeastAsync(reader, 10).AsTask().WaitAsync(s_patience));
            _clock.Advance(TimeSpan.FromSeconds(101));

            Assert.StartsWith("Close 1001 ", await RawPeer.ReadToCloseAsync(agent, SocketPeer.Server), StringComparison.Ordinal);
        });

        Assert.Equal([(Direction.Outbound, "timeout")], Closes);
    }

    [Fact]
    public async Task A_side_that_does_not_answer_the_close_frame_is_cut_off_after_two_seconds()
    {
        await RunAsync(async (agent, world) =>
        {
            var waiting = _clock.Armed(WebSocketRelay.CloseWait);
            await agent.WriteAsync(Frames.Close(1000, "", masked: true));
            Assert.Equal("Close 1000 ", await RawPeer.ReadToCloseAsync(world, SocketPeer.Client));

            await waiting.WaitAsync(s_patience);
            _clock.Advance(WebSocketRelay.CloseWait);
        }, peersLeave: false);

        Assert.Equal([(Direction.Outbound, "complete")], Closes);
    }

    [Fact]
    public async Task What_the_other_side_still_says_after_a_close_frame_passes()
    {
        await RunAsync(async (agent, world) =>
        {
            await agent.WriteAsync(Frames.Close(1000, "", masked: true));
            Assert.Equal("Close 1000 ", await RawPeer.ReadToCloseAsync(world, SocketPeer.Client));
            await world.WriteAsync((byte[])[.. Frames.Text("one more thing", masked: false), .. Frames.Close(1000, "", masked: false)]);

            Assert.Equal("Text one more thing|Close 1000 ", await RawPeer.ReadToCloseAsync(agent, SocketPeer.Server));
        });

        Assert.Equal([(Direction.Outbound, "complete"), (Direction.Inbound, "complete")], Closes);
    }

    private IEnumerable<(Direction, string)> Closes => _evidence.Records.Where(r => r.Kind == EvidenceKind.Close).Select(r => (r.Direction, r.Note));

    /// <summary>Runs the scenario against a relay and waits for the relay's end.</summary>
    private async Task RunAsync(Func<Stream, Stream, Task> scenario, bool peersLeave = true)
    {
        var (agent, agentLeg) = await ConnectAsync();
        var (world, worldLeg) = await ConnectAsync();
        await using (agentLeg)
        await using (worldLeg)
        {
            var (inspector, exchange) = await ExchangeAsync();
            using var client = new SocketLeg(SocketPeer.Client, agentLeg);
            using var upstream = new SocketLeg(SocketPeer.Server, worldLeg);
            var relay = new WebSocketRelay(inspector, exchange, _clock).RunAsync(client, upstream, CancellationToken.None);
            await scenario(agent, world);
            if (peersLeave)
            {
                await agent.DisposeAsync();
                await world.DisposeAsync();
            }

            await relay.WaitAsync(s_patience);
        }

        await agent.DisposeAsync();
        await world.DisposeAsync();
    }

    private async Task<(Inspector, Exchange)> ExchangeAsync()
    {
        var calm = new Switch();
        var resolver = new SystemResolver(TimeProvider.System, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        var inspector = new Inspector(new InspectorSeams(_evidence, new InProcessSessions(), resolver, calm, calm, TimeProvider.System, new byte[32]));
        var exchange = new Exchange("test", "forward", new PolicySnapshot(1, "test", TestPolicies.Default()));
        using var writer = new MessageWriter();
        writer.Add(PartKind.Url, "http://socket.test/");
        var ruling = await inspector.InspectAsync(exchange, writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound)));
        Assert.True(ruling.TryClear(out var cleared, out var refused), refused?.RuleId);
        cleared.Take().Dispose();
        return (inspector, exchange);
    }

    private static async Task<(NetworkStream Peer, NetworkStream Leg)> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var peer = new TcpClient();
        await peer.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        return (peer.GetStream(), new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true));
    }
}
