namespace Postern.Transports.Tests.Survival;

/// <summary>Takes a write and keeps it under way until it is let through.</summary>
internal sealed class GatedStream : MemoryStream
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.SetResult();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _open.Task;
        await base.WriteAsync(buffer, cancellationToken);
    }
}
