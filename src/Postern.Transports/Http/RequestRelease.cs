using System.Net;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Transports.Http;

/// <summary>
/// A cleared request on its way out, and its held body as the content that is sent. An upstream may answer before it has read
/// the body, and the handler then goes on sending while the exchange is over: the bytes go back to the pool only when no write
/// reads them any more.
/// </summary>
internal sealed class RequestRelease(Cleared cleared) : HttpContent
{
    private readonly Lock _gate = new();
    private int _writing;
    private bool _isOver;

    /// <summary>The request; valid until this is disposed.</summary>
    public Message Message { get; } = cleared.Take();

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            await stream.WriteAsync(Message.ReleasableBody, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = Message.ReleasableBody.Length;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _isOver = true;
            if (_writing == 0)
            {
                Message.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void Enter()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                throw new IOException("The exchange is over.");
            }

            _writing++;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _writing--;
            if (_isOver && _writing == 0)
            {
                Message.Dispose();
            }
        }
    }
}
