using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Postern.Transports.Http.Connect;

/// <summary>Waits for the bytes by which a client says what it wants.</summary>
internal sealed class OpeningRead(TunnelLimits limits, TimeProvider clock)
{
    /// <summary>Reads until <paramref name="look"/> knows.</summary>
    /// <param name="connection">The client's.</param>
    /// <param name="isUnderWay">The client has spoken before, and may not be silent as long as one that only connects ahead of need.</param>
    /// <param name="look">Looks at all that is there, and says to the pipe what of it is used.</param>
    public async ValueTask<FirstBytes> RunAsync(ConnectionContext connection, bool isUnderWay, Func<PipeReader, ReadResult, FirstBytes> look)
    {
        using var timeout = new CancellationTokenSource(isUnderWay ? limits.Head : limits.FirstByte, clock);
        using var stopping = StopWaiting(connection, timeout);
        var input = connection.Transport.Input;
        var started = isUnderWay;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await input.ReadAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // A connection that never spoke is simply closed; one that began to is told.
                return started ? FirstBytes.Late : FirstBytes.Gone;
            }
            catch (IOException)
            {
                return FirstBytes.Gone;
            }

            if (!started && !read.Buffer.IsEmpty)
            {
                started = true;
                timeout.CancelAfter(limits.Head);
            }

            var answer = look(input, read);
            if (answer != FirstBytes.Unknown)
            {
                return answer;
            }
        }
    }

    /// <summary>Reads until <paramref name="reader"/> knows: a head, or what is none.</summary>
    public ValueTask<FirstBytes> RunAsync(ConnectionContext connection, bool isUnderWay, IOpeningReader reader) =>
        RunAsync(connection, isUnderWay, (input, read) => Look(input, read, reader));

    private static FirstBytes Look(PipeReader input, ReadResult read, IOpeningReader reader)
    {
        var buffer = read.Buffer;
        if (!reader.TryRead(buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray()))
        {
            input.AdvanceTo(buffer.Start, buffer.End);
            return read.IsCompleted ? FirstBytes.Gone : FirstBytes.Unknown;
        }

        input.AdvanceTo(reader.IsSound ? buffer.GetPosition(reader.Length) : buffer.End);
        return reader.IsSound ? FirstBytes.Head : FirstBytes.Bad;
    }

    private static CancellationTokenRegistration StopWaiting(ConnectionContext connection, CancellationTokenSource timeout)
    {
        // When the server stops, connections that have not asked for anything must not delay it.
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        return stopping.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeout);
    }
}
