using System.Net;

namespace Postern.Transports.Tests.Icap;

/// <summary>A body that comes back chunk by chunk; a connection that is cut fails it.</summary>
internal sealed class IcapBodyContent(IcapWire wire) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        while (await wire.NextChunkAsync(cancellationToken) is { Length: > 0 } chunk)
        {
            await stream.WriteAsync(chunk, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Headers.ContentLength ?? 0;
        return Headers.ContentLength is not null;
    }
}
