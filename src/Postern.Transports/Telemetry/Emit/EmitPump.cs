namespace Postern.Transports.Telemetry.Emit;

/// <summary>
/// Tells one sink of the evidence, from where it stood. The evidence is the queue: what a sink was not told of yet stands there, over
/// hours and restarts, and whoever records never waits for it. What a sink may have taken of a failed attempt it is told again.
/// </summary>
internal sealed class EmitPump : IAsyncDisposable
{
    /// <summary>How often is looked for news.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the end of the program waits for the last of it; what is left is told at the next start.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly IEmitSink _sink;
    private readonly EvidenceTrail _trail;
    private readonly MarkFile _file;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _rest = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Task _running;
    private TrailMark _mark;

    /// <summary>Begins to tell.</summary>
    /// <param name="sink">Who is told; disposed with the pump.</param>
    /// <param name="directory">Where the evidence is.</param>
    /// <param name="time">The clock of the waits.</param>
    public EmitPump(IEmitSink sink, string directory, TimeProvider time)
    {
        (_sink, _trail, _file, _time) = (sink, new EvidenceTrail(directory), new MarkFile(directory, sink.Name), time);
        _mark = _file.Read() ?? _trail.End();
        _file.Write(_mark);
        Status = new EmitStatus(sink.Name, () => new EvidenceTrail(directory).BytesAfter(Mark));
        _running = Task.Run(RunAsync);
    }

    /// <summary>How it goes.</summary>
    public EmitStatus Status { get; }

    private TrailMark Mark
    {
        get
        {
            lock (_gate)
            {
                return _mark;
            }
        }
    }

    /// <summary>Tells what is there, as long as the sink takes it, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _rest.CancelAsync().ConfigureAwait(false);
        _stop.CancelAfter(s_patience);
        await _running.ConfigureAwait(false);
        _sink.Dispose();
        _rest.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            bool isEnding, isMore;
            do
            {
                isEnding = _rest.IsCancellationRequested;
                isMore = await StepAsync().ConfigureAwait(false);
            }
            while (isMore || !isEnding);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end of the program: the mark says what is left.
        }
    }

    /// <summary>True when there was something, so that there may be more.</summary>
    private async Task<bool> StepAsync()
    {
        try
        {
            var stretch = _trail.Read(_mark);
            if (stretch.End == _mark)
            {
                await RestAsync(Rest).ConfigureAwait(false);
                return false;
            }

            Status.MissedRecords(stretch.Missed);
            if (!await TellAsync(stretch.Records).ConfigureAwait(false))
            {
                return false;
            }

            lock (_gate)
            {
                _mark = stretch.End;
            }

            _file.Write(stretch.End);
            return true;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            Status.Failed($"the evidence cannot be read, or the place in it not remembered ({broken.GetType().Name})");
            await RestAsync(Rest).ConfigureAwait(false);
            return false;
        }
    }

    private async Task<bool> TellAsync(IReadOnlyList<EmitEvent> records)
    {
        var events = records.Where(_sink.Wants).ToArray();
        var backoff = new Backoff();
        while (events.Length > 0)
        {
            try
            {
                var left = await _sink.TellAsync(events, _stop.Token).ConfigureAwait(false);
                Status.LeftOut(left);
                Status.Took(events.Length - left, _time.GetUtcNow());
                return true;
            }
            catch (EmitRefusedException refused)
            {
                Status.Failed(refused.Message);
                events = await TellEachAsync(events).ConfigureAwait(false);
                if (events.Length == 0)
                {
                    return true;
                }
            }
            catch (IOException broken)
            {
                Status.Failed(broken.Message);
            }

            if (_rest.IsCancellationRequested)
            {
                return false;
            }

            await RestAsync(backoff.Next()).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>One by one, so that one event a sink chokes on costs only itself. Returns those from which on the sink is not there.</summary>
    private async Task<EmitEvent[]> TellEachAsync(EmitEvent[] events)
    {
        for (var i = 0; i < events.Length; i++)
        {
            try
            {
                Status.LeftOut(await _sink.TellAsync([events[i]], _stop.Token).ConfigureAwait(false));
                Status.Took(1, _time.GetUtcNow());
            }
            catch (EmitRefusedException)
            {
                Status.LeftOut(1);
            }
            catch (IOException broken)
            {
                Status.Failed(broken.Message);
                return events[i..];
            }
        }

        return [];
    }

    private async Task RestAsync(TimeSpan length)
    {
        try
        {
            await Task.Delay(length, _time, _rest.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The end: there is one more look at what is there.
        }
    }
}
