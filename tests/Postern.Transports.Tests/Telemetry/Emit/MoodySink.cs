using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Tests.Telemetry.Emit;

/// <summary>Takes what it is told, or not, as the test says.</summary>
internal sealed class MoodySink : IEmitSink
{
    private readonly Lock _gate = new();
    private readonly List<EmitEvent> _taken = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    /// <summary>Asked before each attempt; throws what the sink throws.</summary>
    public Action<IReadOnlyList<EmitEvent>> Mood { get; set; } = static _ => { };

    public Func<EmitEvent, bool> Choice { get; init; } = static _ => true;

    public string Name => "moody";

    /// <summary>The numbers of the records it took, in the order in which it took them.</summary>
    public long[] Taken
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken.Select(static told => told.Record.Id.Sequence)];
            }
        }
    }

    public bool Wants(EmitEvent told) => Choice(told);

    public ValueTask<int> TellAsync(IReadOnlyList<EmitEvent> events, CancellationToken cancel)
    {
        Mood(events);
        lock (_gate)
        {
            _taken.AddRange(events);
            _waiting.RemoveAll(one => one.Count <= _taken.Count && one.Reached.TrySetResult());
        }

        return new(0);
    }

    /// <summary>Completes when it has taken so many.</summary>
    public Task Took(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_taken.Count >= count)
            {
                return Task.CompletedTask;
            }

            _waiting.Add((count, reached));
        }

        return reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
