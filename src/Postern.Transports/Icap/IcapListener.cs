using System.Net;
using Postern.Transports.Http;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Icap;

/// <summary>The checkpoint as a component of another proxy, over ICAP (RFC 3507): it judges what is shown, and sends nothing itself.</summary>
public sealed class IcapListener : IAsyncDisposable
{
    /// <summary>Connections open at once. Each carries one message at a time, and one that streams for as long as it does.</summary>
    internal const int MaxConnections = 1000;

    /// <summary>How long a client may go by what it heard of a service; every answer shows the policy's tag.</summary>
    internal const int OptionsSeconds = 60;

    private readonly UpstreamRelease _upstream = new(TimeSpan.Zero);
    private readonly ProxyServer _server;

    /// <summary>Composes the listener; it listens after <see cref="StartAsync"/>.</summary>
    /// <param name="parts">What every way in shares.</param>
    /// <param name="settings">Where, and the bounds.</param>
    public IcapListener(ProxyParts parts, IcapSettings settings)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(settings);

        // It has no way on of its own: nothing here dials.
        var checkpoint = new HttpCheckpoint(parts.Inspector, parts.Policies, _upstream, parts.Time) { Patience = settings.Patience };
        var icap = new IcapMiddleware(checkpoint, settings);
        _server = new ProxyServer([new ProxyEndpoint(settings.Listen, _ => icap.RunAsync) { Peers = parts.Peers }], settings.Server with { MaxConnections = MaxConnections });
    }

    /// <summary>Where it listens; valid after the start.</summary>
    public IPEndPoint Address => _server.Bound[0];

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The address is taken or not available.</exception>
    public Task StartAsync(CancellationToken cancel) => _server.StartAsync(static _ => Task.CompletedTask, cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _upstream.Dispose();
    }
}
