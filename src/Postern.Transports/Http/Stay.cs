using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Transports.Http;

/// <summary>How long one exchange may go on: until its client is gone, or until the operator stops it. Dispose it when the exchange is over.</summary>
/// <param name="inspector">Knows the kill switch.</param>
/// <param name="exchange">The exchange.</param>
/// <param name="gone">The client is gone.</param>
internal sealed class Stay(Inspector inspector, Exchange exchange, CancellationToken gone) : IDisposable
{
    // What begins while everything is stopped is refused by the inspector, and gets an answer that says so.
    private readonly CancellationTokenSource? _either = inspector.Halt.Halted(exchange.Actor) is { IsCancellationRequested: false } halted
        ? CancellationTokenSource.CreateLinkedTokenSource(gone, halted)
        : null;

    /// <summary>The client is gone.</summary>
    public CancellationToken Gone => gone;

    /// <summary>The client is gone, or the operator stopped the exchange.</summary>
    public CancellationToken Token => _either?.Token ?? gone;

    /// <summary>Ends what was cancelled: with a refusal where the client is there and nothing was sent yet, else by cutting it.</summary>
    public async ValueTask EndAsync(IClientRelease client, Func<Refused, Reply> reply)
    {
        if (!gone.IsCancellationRequested && !client.HasStarted && await RefuseAsync().ConfigureAwait(false) is { } refused)
        {
            await client.ReplyAsync(reply(refused), gone).ConfigureAwait(false);
            return;
        }

        client.Abort();
    }

    /// <inheritdoc/>
    public void Dispose() => _either?.Dispose();

    /// <summary>The ruling, and the record, that say who stopped it; null when it may go on again, which is too late for this one.</summary>
    private async ValueTask<Refused?> RefuseAsync()
    {
        using var writer = new MessageWriter(16);
        using var message = writer.Seal(new MessageFacts(MessageKind.Response, Direction.Inbound));
        var ruling = await inspector.InspectAsync(exchange, message, gone).ConfigureAwait(false);
        return ruling.TryClear(out _, out var refused) ? null : refused;
    }
}
