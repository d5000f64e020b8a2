namespace Postern.Fuzz;

/// <summary>Bytes that arrive a few at a time.</summary>
internal sealed class DripStream(byte[] bytes, int chunk) : MemoryStream(bytes, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, chunk)]));
}
