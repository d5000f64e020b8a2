using System.Buffers;
using System.IO.Pipelines;

namespace Postern.Transports.Http.Tls;

/// <summary>A stream as the pair of pipes that Kestrel reads requests from. Does not own the stream.</summary>
internal sealed class StreamDuplexPipe(Stream stream, MemoryPool<byte>? pool) : IDuplexPipe
{
    /// <inheritdoc/>
    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(pool, leaveOpen: true, useZeroByteReads: true));

    /// <inheritdoc/>
    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(pool, leaveOpen: true));
}
