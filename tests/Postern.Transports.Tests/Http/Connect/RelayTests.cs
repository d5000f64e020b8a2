using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.Http.Tls;

namespace Postern.Transports.Tests.Http.Connect;

public sealed class RelayTests
{
    private const string Authority = "far.example:443";
    private static readonly TimeSpan s_never = TimeSpan.FromDays(40);

    [Fact]
    public async Task Carries_ten_mebibytes_both_ways_and_counts_every_byte()
    {
        using var upstream = new RelayUpstream();
        await using var proxy = await ProxyHarness.RelayAsync(upstream);
        await using var client = await proxy.TunnelAsync(Authority);
        await using var far = await upstream.AcceptAsync();
        var sent = new byte[10 * 1024 * 1024];
        Random.Shared.NextBytes(sent);
        sent[0] = (byte)'x';

        var echo = far.CopyToAsync(far);
        var sending = client.WriteAsync(sent).AsTask();
        var received = new byte[sent.Length];
        await client.ReadExactlyAsync(received);
        await sending;

        Assert.Equal(sent, received);
        client.Socket.Shutdown(SocketShutdown.Send);
        await echo;
        await far.DisposeAsync();
        var end = await proxy.Gate.EndAsync();
        Assert.Equal((TunnelEndReason.ClientClosed, sent.Length, sent.Length), (end.Reason, end.BytesUp, end.BytesDown));
        Assert.True(end.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task Carries_tls_that_names_the_host()
    {
        using var upstream = new RelayUpstream();
        await using var proxy = await ProxyHarness.RelayAsync(upstream);
        await using var client = await proxy.TunnelAsync(Authority);
        await using var far = await upstream.AcceptAsync();
        await using var farTls = new SslStream(far);
        await using var tls = new SslStream(client);

        var serving = farTls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = proxy.Leaves.For("far.example") });
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "far.example", CertificateChainPolicy = proxy.Trust() });
        await serving;
        await tls.WriteAsync("ping"u8.ToArray());
        var four = new byte[4];
        await farTls.ReadExactlyAsync(four);

        Assert.Equal("ping", Encoding.ASCII.GetString(four));
        Assert.Equal("far.example", Assert.Single(upstream.Openings).Hello?.ServerName);
    }

    [Theory]
    [InlineData("evil.example", TunnelEndReason.ServerNameMismatch)]
    [InlineData("bad name", TunnelEndReason.HelloMalformed)]
    internal async Task No_byte_goes_upstream_when_the_hello_is_wrong(string serverName, TunnelEndReason reason)
    {
        using var upstream = new RelayUpstream();
        await using var proxy = await ProxyHarness.RelayAsync(upstream);
        await using var client = await proxy.TunnelAsync(Authority);
        await using var far = await upstream.AcceptAsync();

        await client.WriteAsync(HelloBytes.Records(HelloBytes.Message(HelloBytes.ServerName(serverName))));

        var end = await proxy.Gate.EndAsync();
        Assert.Equal((reason, 0L, 0L), (end.Reason, end.BytesUp, end.BytesDown));
        Assert.Empty((await ProxyHarness.ReadToEndAsync(far)).Bytes);
        Assert.Empty((await ProxyHarness.ReadToEndAsync(client)).Bytes);
        Assert.Empty(upstream.Openings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_target_is_told_of_an_opening_that_names_no_host_and_may_refuse_it(bool tls)
    {
        using var upstream = new RelayUpstream { Admits = false };
        await using var proxy = await ProxyHarness.RelayAsync(upstream);
        await using var client = await proxy.TunnelAsync(Authority);
        await using var far = await upstream.AcceptAsync();

        await client.WriteAsync(tls ? HelloBytes.Records(HelloBytes.Message(null)) : "SSH-2.0-x\r\n"u8.ToArray());

        Assert.Equal(TunnelEndReason.NotAdmitted, (await proxy.Gate.EndAsync()).Reason);
        Assert.Empty((await ProxyHarness.ReadToEndAsync(far)).Bytes);
        var opening = Assert.Single(upstream.Openings);
        Assert.Null(opening.Hello?.ServerName);
        Assert.Equal(tls, opening.Hello is not null);
    }

    [Fact]
    public async Task A_dial_that_fails_is_answered_instead_of_the_200()
    {
        using var upstream = new RelayUpstream { Refusal = Reply.Own(502, "text/plain", "unreachable"u8.ToArray()) };
        await using var proxy = await ProxyHarness.RelayAsync(upstream);
        await using var client = await proxy.ConnectAsync();

        await client.WriteAsync("CONNECT far.example:443 HTTP/1.1\r\nHost: far.example:443\r\n\r\n"u8.ToArray());

        Assert.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", Encoding.ASCII.GetString((await ProxyHarness.ReadToEndAsync(client)).Bytes), StringComparison.Ordinal);
        Assert.Equal(TunnelEndReason.DialRefused, (await proxy.Gate.EndAsync()).Reason);
    }

    [Fact]
    public async Task A_client_that_has_sent_everything_still_gets_the_answer()
    {
        using var upstream = new RelayUpstream();
        await using var proxy = await ProxyHarness.RelayAsync(upstream);
        await using var client = await proxy.TunnelAsync(Authority);
        await using var far = await upstream.AcceptAsync();

        await client.WriteAsync("question"u8.ToArray());
        client.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal("question"u8.ToArray(), (await ProxyHarness.ReadToEndAsync(far)).Bytes);
        await far.WriteAsync(new byte[1_000_000]);
        await far.DisposeAsync();

        (var answer, var reset) = await ProxyHarness.ReadToEndAsync(client);
        Assert.Equal((1_000_000, false), (answer.Length, reset));
        var end = await proxy.Gate.EndAsync();
        Assert.Equal((TunnelEndReason.ClientClosed, 8L, 1_000_000L), (end.Reason, end.BytesUp, end.BytesDown));
    }

    [Fact]
    public async Task An_upstream_that_ends_ends_the_tunnel_after_its_last_byte()
    {
        using var upstream = new RelayUpstream();
        await using var proxy = await ProxyHarness.RelayAsync(upstream);
        await using var client = await proxy.TunnelAsync(Authority);
        var far = await upstream.AcceptAsync();

        await client.WriteAsync("q"u8.ToArray());
        await far.ReadExactlyAsync(new byte[1]);
        await far.WriteAsync(new byte[1_000_000]);
        await far.DisposeAsync();

        Assert.Equal(1_000_000, (await ProxyHarness.ReadToEndAsync(client)).Bytes.Length);
        var end = await proxy.Gate.EndAsync();
        Assert.Equal((TunnelEndReason.UpstreamClosed, 1L, 1_000_000L), (end.Reason, end.BytesUp, end.BytesDown));
    }

    [Fact]
    public async Task A_reset_by_the_client_resets_the_upstream()
    {
        using var upstream = new RelayUpstream();
        await using var proxy = await ProxyHarness.RelayAsync(upstream);
        await using var client = await proxy.TunnelAsync(Authority);
        await using var far = await upstream.AcceptAsync();
        await client.WriteAsync("q"u8.ToArray());
        await far.ReadExactlyAsync(new byte[1]);

        client.Socket.Close(0);

        Assert.True((await ProxyHarness.ReadToEndAsync(far)).Reset);
        Assert.Equal(TunnelEndReason.ConnectionLost, (await proxy.Gate.EndAsync()).Reason);
    }

    [Fact]
    public async Task A_halt_resets_both_sides()
    {
        using var halt = new CancellationTokenSource();
        using var upstream = new RelayUpstream();
        await using var proxy = await ProxyHarness.RelayAsync(upstream, halt: halt.Token);
        await using var client = await proxy.TunnelAsync(Authority);
        await using var far = await upstream.AcceptAsync();
        await client.WriteAsync("q"u8.ToArray());
        await far.ReadExactlyAsync(new byte[1]);

        await halt.CancelAsync();

        Assert.True((await ProxyHarness.ReadToEndAsync(far)).Reset);
        Assert.Empty((await ProxyHarness.ReadToEndAsync(client)).Bytes);
        Assert.Equal(TunnelEndReason.Halted, (await proxy.Gate.EndAsync()).Reason);
    }

    [Fact]
    public async Task A_stop_of_the_server_cuts_tunnels_and_accounts_for_them()
    {
        using var upstream = new RelayUpstream();
        var proxy = await ProxyHarness.RelayAsync(upstream);
        await using var client = await proxy.TunnelAsync(Authority);
        await using var far = await upstream.AcceptAsync();
        await client.WriteAsync("q"u8.ToArray());
        await far.ReadExactlyAsync(new byte[1]);

        await proxy.DisposeAsync();

        var end = await proxy.Gate.EndAsync();
        Assert.Equal((TunnelEndReason.ConnectionLost, 1L), (end.Reason, end.BytesUp));
        Assert.True((await ProxyHarness.ReadToEndAsync(far)).Reset);
    }

    [Theory]
    [InlineData(TunnelEndReason.IdleTimeout)]
    [InlineData(TunnelEndReason.LifetimeReached)]
    internal async Task A_tunnel_ends_when_it_is_silent_or_old(TunnelEndReason reason)
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        var idle = reason == TunnelEndReason.IdleTimeout;
        var limits = TunnelLimits.Default with { Idle = idle ? TimeSpan.FromMinutes(2) : s_never, Lifetime = idle ? s_never : TimeSpan.FromMinutes(5) };
        using var upstream = new RelayUpstream();
        await using var proxy = await ProxyHarness.RelayAsync(upstream, limits, clock);
        await using var client = await proxy.TunnelAsync(Authority);
        await using var far = await upstream.AcceptAsync();
        await client.WriteAsync("q"u8.ToArray());
        await far.ReadExactlyAsync(new byte[1]);

        // The relay may still be noting the byte when the clock moves, so one step need not be enough.
        var ended = proxy.Gate.EndAsync();
        while (!ended.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(6));
            await Task.Yield();
        }

        Assert.Equal(reason, (await ended).Reason);
        Assert.True((await ProxyHarness.ReadToEndAsync(far)).Reset);
    }

    [Fact]
    public void A_byte_puts_the_idle_timeout_off()
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        using var deadline = new TunnelDeadline(clock, TunnelLimits.Default with { Lifetime = s_never }, CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(119));
        deadline.Touch();
        clock.Advance(TimeSpan.FromSeconds(119));
        Assert.False(deadline.Token.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.Equal(TunnelEndReason.IdleTimeout, deadline.Reason);
    }

    [Fact]
    public async Task A_client_that_does_not_read_stops_the_reading_of_the_upstream()
    {
        var fromClient = new Pipe();
        var toClient = new Pipe(new PipeOptions(pauseWriterThreshold: 16 * 1024, resumeWriterThreshold: 8 * 1024, useSynchronizationContext: false));
        await using var upstream = new EndlessStream();
        using var deadline = new TunnelDeadline(TimeProvider.System, TunnelLimits.Default, CancellationToken.None);
        var release = new TunnelRelease(new Client(fromClient.Reader, toClient.Writer), ConnectWords.Instance);

        var relay = release.RelayAsync(await Clearance.OfTunnelAsync(), upstream, deadline);

        // Every read of the stream completes at once, so the pump has run until the full pipe stopped it.
        Assert.False(relay.IsCompleted);
        Assert.InRange(upstream.BytesRead, 16 * 1024, 24 * 1024);
        deadline.End(TunnelEndReason.Halted);
        Assert.Equal(TunnelEndReason.Halted, await relay);
    }

    private sealed record Client(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>Has as many zeros as are asked for, without waiting.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            BytesRead += buffer.Length;
            return new(buffer.Length);
        }
    }
}
