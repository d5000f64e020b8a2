namespace Postern.Transports.Tests.Telemetry;

/// <summary>An output that takes nothing until it is opened, and can be broken.</summary>
internal sealed class GatedStream : MemoryStream
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsBroken { get; init; }

    /// <summary>Done when somebody tries to write.</summary>
    public Task Reached => _reached.Task;

    public void Open() => _gate.TrySetResult();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _reached.TrySetResult();
        await _gate.Task;
        if (IsBroken)
        {
            throw new IOException("nobody reads");
        }

        Write(buffer.Span);
    }
}
