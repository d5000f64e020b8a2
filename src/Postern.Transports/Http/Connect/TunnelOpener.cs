using System.Buffers;
using System.IO.Pipelines;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http.Connect;

/// <summary>Looks at what the client sends first inside a tunnel, and consumes none of it.</summary>
internal static class TunnelOpener
{
    /// <summary>Waits until the first bytes are known to be a ClientHello or not TLS.</summary>
    /// <param name="input">The client's bytes, from the first after the CONNECT head.</param>
    /// <param name="ct">Cancelled when waiting is over.</param>
    /// <returns>The opening, or null with the reason to close.</returns>
    public static async ValueTask<(TunnelOpening? Opening, TunnelEndReason Reason)> PeekAsync(PipeReader input, CancellationToken ct)
    {
        while (true)
        {
            ReadResult read;
            try
            {
                read = await input.ReadAsync(ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return (null, TunnelEndReason.OpeningTimeout);
            }

            var buffer = read.Buffer;
            var status = Look(buffer, out var hello);
            var more = status == ClientHelloStatus.NeedMore;
            if (more && !read.IsCompleted)
            {
                input.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            // Nothing examined: whoever reads next sees the same bytes at once.
            input.AdvanceTo(buffer.Start);
            return status switch
            {
                ClientHelloStatus.Done => (new TunnelOpening(hello), default),
                ClientHelloStatus.NotTls => (new TunnelOpening(null), default),
                ClientHelloStatus.NeedMore => (null, TunnelEndReason.ClientGone),
                _ => (null, TunnelEndReason.HelloMalformed),
            };
        }
    }

    private static ClientHelloStatus Look(ReadOnlySequence<byte> buffer, out ClientHello? hello)
    {
        var bounded = buffer.Length > ClientHelloReader.MaxBytes ? buffer.Slice(0, ClientHelloReader.MaxBytes) : buffer;
        return ClientHelloReader.Read(bounded.IsSingleSegment ? bounded.FirstSpan : bounded.ToArray(), out hello);
    }
}
