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
        await upload.RunAsync((cleared, cancel) => WriteAsync(stream, cleared, cancel), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A client that said how long its body is has its word passed on: some servers take no chunks. Fewer bytes break the connection.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = upload.Length ?? 0;
        return upload.Length is not null;
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
