using System.Net;
using Postern.Engine.Inspection;

namespace Postern.Transports.Http;

/// <summary>Sends cleared pieces of a request body. A refusal breaks the upload off; it never ends cleanly.</summary>
internal sealed class UploadRelease(Upload upload) : HttpContent
{
    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        upload.Refused = await upload.Pump((cleared, cancel) => WriteAsync(stream, cleared, cancel), cancellationToken).ConfigureAwait(false);
        if (upload.Refused is not null)
        {
            throw new UploadRefusedException();
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static async ValueTask WriteAsync(Stream stream, Cleared cleared, CancellationToken cancel)
    {
        using var message = cleared.Take();
        if (!message.ReleasableBody.IsEmpty)
        {
            await stream.WriteAsync(message.ReleasableBody, cancel).ConfigureAwait(false);
            await stream.FlushAsync(cancel).ConfigureAwait(false);
        }
    }
}
