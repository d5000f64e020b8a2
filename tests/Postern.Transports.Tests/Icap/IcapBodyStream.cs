using System.IO.Pipelines;

namespace Postern.Transports.Tests.Icap;

/// <summary>
/// A body that comes back chunk by chunk, for whoever reads. When either end goes away everything is closed, as a proxy does, whether anybody
/// reads or not.
/// </summary>
internal sealed class IcapBodyStream : Stream
{
    private readonly Pipe _pipe = new();
    private readonly Stream _read;
    private readonly Action _all;

    public IcapBodyStream(IcapWire wire, Action all)
    {
        (_read, _all) = (_pipe.Reader.AsStream(), all);
        _ = PumpAsync(wire);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _read.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _all();
            _read.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task PumpAsync(IcapWire wire)
    {
        try
        {
            while (await wire.NextChunkAsync() is { Length: > 0 } chunk && !(await _pipe.Writer.WriteAsync(chunk)).IsCompleted)
            {
            }

            await _pipe.Writer.CompleteAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            await _pipe.Writer.CompleteAsync(new IOException("cut", e));
        }
        finally
        {
            _all();
        }
    }
}
