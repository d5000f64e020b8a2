using Microsoft.AspNetCore.Connections;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Icap;

/// <summary>Kestrel connection middleware that speaks ICAP (RFC 3507), one request after the other. One object serves all connections.</summary>
internal sealed class IcapMiddleware(HttpCheckpoint checkpoint, IcapSettings settings)
{
    /// <summary>How much of a body that nobody wants is read away before the connection is closed instead.</summary>
    private const int MaxDiscardBytes = 1024 * 1024;

    /// <summary>For what is shown ahead, and for what is read away.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly IcapAdapter _adapter = new(checkpoint);
    private readonly OpeningRead _opening = new(TunnelLimits.Default, checkpoint.Time);

    /// <summary>The middleware, for <c>ListenOptions.Use</c>. What it does not catch, Kestrel answers with the end of the connection.</summary>
    public async Task RunAsync(ConnectionContext connection)
    {
        try
        {
            while (await NextAsync(connection).ConfigureAwait(false))
            {
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            connection.Abort();
        }
    }

    /// <summary>One request. False when it was the last.</summary>
    private async Task<bool> NextAsync(ConnectionContext connection)
    {
        var reader = new IcapReader(settings.Server.MaxHeaderBytes + settings.Server.MaxRequestLineBytes, settings.Server.MaxHeaderCount);
        var opened = await _opening.RunAsync(connection, isUnderWay: false, reader).ConfigureAwait(false);
        var mark = new IcapMark(checkpoint.Policies.Current);
        if (opened is FirstBytes.Bad or FirstBytes.Late)
        {
            await new IcapRelease(connection, null, mark).FaultAsync((int)(opened == FirstBytes.Late ? IcapFault.Late : reader.Fault), connection.ConnectionClosed).ConfigureAwait(false);
        }

        return opened == FirstBytes.Head && await ServeAsync(reader.Request!, connection, mark).ConfigureAwait(false);
    }

    private async Task<bool> ServeAsync(IcapRequest request, ConnectionContext connection, IcapMark mark)
    {
        var gone = connection.ConnectionClosed;
        var release = new IcapRelease(connection, request, mark);
        await using var body = release.Body;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(gone);
        if (body is not null)
        {
            patience.CancelAfter(s_patience);
            await body.ReadShownAsync(patience.Token).ConfigureAwait(false);
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        await _adapter.ServeAsync(request, connection, release, gone).ConfigureAwait(false);
        var isSaid = await release.EndAsync(gone).ConfigureAwait(false);
        if (isSaid && body is not null)
        {
            patience.CancelAfter(s_patience);
            await body.DiscardAsync(MaxDiscardBytes, patience.Token).ConfigureAwait(false);
        }

        return isSaid && !request.IsLast && body is not { IsOver: false };
    }
}
