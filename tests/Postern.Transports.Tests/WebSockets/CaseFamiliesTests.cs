using Postern.Transports.Tests.Conformance;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>Every case of every family through the proxy, in both directions, with and without compression, bytes as a raw peer sends them.</summary>
public sealed class CaseFamiliesTests : IAsyncLifetime
{
    private IHarness _harness = null!;

    public static TheoryData<string, bool> Cases => new(
        from name in CaseFamilies.All.Keys
        from deflates in (bool[])[false, true]
        where deflates || !(name.StartsWith("12", StringComparison.Ordinal) || name.StartsWith("13", StringComparison.Ordinal))
        select new TheoryDataRow<string, bool>(name, deflates));

    public async ValueTask InitializeAsync() => _harness = await ForwardHarness.StartAsync();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_upstream_hears_what_the_client_may_say(string name, bool deflates)
    {
        var (sends, heard) = CaseFamilies.All[name];
        var upstream = SocketUpstream.Raw(_harness);
        await using var stream = await SocketTransports.OpenStreamAsync(_harness, deflates ? "permessage-deflate" : null);

        await stream.WriteAsync(sends(true), TestContext.Current.CancellationToken);

        Assert.Equal(heard, await Sockets.EndOf(upstream));
        if (heard.Contains('.', StringComparison.Ordinal) && heard.Contains("Close 100", StringComparison.Ordinal) && !heard.Contains("Close 1000", StringComparison.Ordinal))
        {
            // A refusal is said to both.
            Assert.Equal(heard[heard.LastIndexOf("Close", StringComparison.Ordinal)..], await RawPeer.ReadToCloseAsync(stream, SocketPeer.Server, deflates));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_client_hears_what_the_upstream_may_say(string name, bool deflates)
    {
        var (sends, heard) = CaseFamilies.All[name];
        SocketUpstream.Raw(_harness, sends(false));
        await using var stream = await SocketTransports.OpenStreamAsync(_harness, deflates ? "permessage-deflate" : null);

        Assert.Equal(heard, await RawPeer.ReadToCloseAsync(stream, SocketPeer.Server, deflates));
    }
}
