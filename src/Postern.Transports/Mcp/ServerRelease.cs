using System.Diagnostics;
using Postern.Engine.Inspection;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp;

/// <summary>The wrapped server: the only writer to its standard input, and its end. Its standard error is Postern's own and is not read.</summary>
internal sealed class ServerRelease : IRpcWire, IDisposable
{
    private readonly Process _process;
    private readonly LineRelease _input;

    /// <summary>Starts it.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public ServerRelease(ServerCommand command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _input = new LineRelease(_process.StandardInput.BaseStream);
        Output = new InPlaceInput(_process.StandardOutput.BaseStream);
    }

    /// <summary>What it says.</summary>
    public Stream Output { get; }

    /// <inheritdoc/>
    public ValueTask PassAsync(Cleared cleared, CancellationToken cancel) => _input.PassAsync(cleared, cancel);

    /// <inheritdoc/>
    public ValueTask SayAsync(Reply reply, CancellationToken cancel) => _input.SayAsync(reply, cancel);

    /// <summary>Tells it that nothing more comes.</summary>
    public void Close()
    {
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // It does not listen any more.
        }
    }

    /// <summary>Waits for its end and ends it, with all that it started, when it takes longer than <paramref name="patience"/>.</summary>
    /// <returns>Its exit code; 0 when it had to be ended.</returns>
    public async Task<int> EndAsync(TimeSpan patience, CancellationToken cancel)
    {
        Close();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(patience);
        try
        {
            await _process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        Output.Dispose();
        _process.Dispose();
    }
}
