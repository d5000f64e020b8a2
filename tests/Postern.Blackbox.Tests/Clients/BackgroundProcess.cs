using System.Diagnostics;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>A server beside the test: ready when it says so, ended with its children.</summary>
internal sealed class BackgroundProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BackgroundProcess(ProcessStartInfo start, string readyMark)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data, readyMark);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, readyMark);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>The line that said it is ready.</summary>
    public string ReadyLine => _ready.Task.Result;

    /// <summary>Starts it and returns when a line of its output holds <paramref name="readyMark"/>; null when it ended before.</summary>
    public static async Task<BackgroundProcess?> TryStartAsync(ProcessStartInfo start, string readyMark)
    {
        var background = new BackgroundProcess(start, readyMark);
        using var patience = new CancellationTokenSource(s_patience);
        var ended = background._process.WaitForExitAsync(patience.Token);
        if (await Task.WhenAny(background._ready.Task, ended) == background._ready.Task)
        {
            return background;
        }

        await background.DisposeAsync();
        return null;
    }

    /// <summary>The same, when it must start.</summary>
    public static async Task<BackgroundProcess> StartAsync(ProcessStartInfo start, string readyMark) =>
        await TryStartAsync(start, readyMark) ?? throw new InvalidOperationException(start.FileName + " did not say that it is ready.");

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task EndedAsync() => await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(s_patience);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>What it said, for the message of a failing test.</summary>
    public override string ToString()
    {
        lock (_said)
        {
            return string.Join('\n', _said);
        }
    }

    private void Hear(string? line, string readyMark)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _said.Add(line);
        }

        if (line.Contains(readyMark, StringComparison.Ordinal))
        {
            _ready.TrySetResult(line);
        }
    }
}
