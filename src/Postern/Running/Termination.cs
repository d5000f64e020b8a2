using System.Runtime.InteropServices;

namespace Postern.Program.Running;

/// <summary>
/// The first SIGINT or SIGTERM asks a command to end; the second ends the process, unless the command has its own way with signals. The parser offers the like, but a
/// signal that comes while a command is on its first steps ends the process under its hands, and one that takes two seconds to end does not end well.
/// </summary>
internal sealed class Termination : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Termination()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
    }

    /// <summary>Cancelled when the command is to end.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _asked.Dispose();
    }

    private void Ask(PosixSignalContext context)
    {
        context.Cancel |= !_asked.IsCancellationRequested;
        _asked.Cancel();
    }
}
