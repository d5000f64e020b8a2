using System.Buffers;
using Postern.Engine.Inspection;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp;

/// <summary>
/// The only writer towards one stdio peer: one message, one line, one write. It writes where it is called: a pipe takes a message at
/// once unless its reader is behind, and a hop to another thread costs more than the message.
/// </summary>
/// <param name="stream">The pipe; owned.</param>
internal sealed class LineRelease(Stream stream) : IRpcWire, IDisposable
{
    private readonly Lock _turn = new();

    /// <inheritdoc/>
    public ValueTask PassAsync(Cleared cleared, CancellationToken cancel)
    {
        using var message = cleared.Take();
        Line(message.ReleasableBody.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SayAsync(Reply reply, CancellationToken cancel)
    {
        Line(reply.Body.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the pipe: the peer reads its end.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            stream.Dispose();
        }
    }

    private void Line(ReadOnlySpan<byte> text)
    {
        var line = ArrayPool<byte>.Shared.Rent(text.Length + 1);
        try
        {
            text.CopyTo(line);
            line[text.Length] = (byte)'\n';
            lock (_turn)
            {
                stream.Write(line.AsSpan(0, text.Length + 1));
                stream.Flush();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(line);
        }
    }
}
