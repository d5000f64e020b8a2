using System.Collections.Concurrent;
using System.Threading.Channels;
using Postern.Engine.Policy;

namespace Postern.Program.Scanning;

/// <summary>Reads batches, judges them side by side, writes the answers in the order of the input.</summary>
internal sealed class BatchRun(PolicySnapshot policy, BatchKinds kinds)
{
    private readonly ConcurrentBag<BatchScanner> _scanners = [];

    /// <summary>Lines that could not be judged.</summary>
    public long Faults { get; private set; }

    /// <summary>Runs to the end of <paramref name="input"/>.</summary>
    public async Task RunAsync(Stream input, Stream output, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var answers = Channel.CreateBounded<Task<BatchAnswer>>(new BoundedChannelOptions(Environment.ProcessorCount) { SingleReader = true, SingleWriter = true });
        var reading = FeedAsync(input, answers.Writer, stop.Token);
        try
        {
            await foreach (var answer in answers.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
            {
                await PrintAsync(await answer.ConfigureAwait(false), output, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            // Whoever reads the answers is gone: nobody waits for the rest.
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            DisposeScanners();
        }

        await reading.ConfigureAwait(false);
    }

    private async Task FeedAsync(Stream input, ChannelWriter<Task<BatchAnswer>> answers, CancellationToken cancel)
    {
        try
        {
            var reader = new BatchReader(input);
            while (await reader.ReadAsync(cancel).ConfigureAwait(false) is { } batch)
            {
                await answers.WriteAsync(Task.Run(() => JudgeAsync(batch, cancel), cancel), cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            answers.Complete();
        }
    }

    private async Task<BatchAnswer> JudgeAsync(Batch batch, CancellationToken cancel)
    {
        if (!_scanners.TryTake(out var scanner))
        {
            scanner = new BatchScanner(policy, kinds);
        }

        var answer = await scanner.ScanAsync(batch, cancel).ConfigureAwait(false);
        _scanners.Add(scanner);
        return answer;
    }

    private async ValueTask PrintAsync(BatchAnswer answer, Stream output, CancellationToken cancel)
    {
        foreach (var fault in answer.Faults)
        {
            Terminal.Fail($"line {fault.Line}: {fault.Message}");
        }

        Faults += answer.Faults.Count;
        await output.WriteAsync(answer.Output, cancel).ConfigureAwait(false);
        await output.FlushAsync(cancel).ConfigureAwait(false);
    }

    private void DisposeScanners()
    {
        while (_scanners.TryTake(out var scanner))
        {
            scanner.Dispose();
        }
    }
}
