using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Streaming;

namespace Postern.Transports.Icap;

/// <summary>
/// The chunks of an encapsulated body as the bytes in them. What was shown ahead is read first; for more the client is asked, once, when somebody wants
/// it. Anything but strict chunks is a body that breaks its protocol. One reader at a time.
/// </summary>
/// <param name="input">The connection, at the first chunk.</param>
/// <param name="previewBytes">How much of the beginning the client shows before it waits; -1 when it does not wait.</param>
/// <param name="lengthBytes">How long the message says that its body is; -1 when it does not say.</param>
/// <param name="goOn">Asks for the rest.</param>
internal sealed class IcapBody(PipeReader input, int previewBytes, long lengthBytes, Func<CancellationToken, ValueTask> goOn) : ReadOnlyStream
{
    /// <summary>A size in hexadecimal and what nobody needs behind it.</summary>
    private const int MaxLineBytes = 256;

    private readonly PieceBuffer _shown = new();
    private long _leftBytes;
    private long _totalBytes;
    private bool _isShowing = previewBytes >= 0;
    private bool _isWaiting;
    private ObstacleException? _fault;
    private bool _isReading;
    private bool _isAtEnd;

    /// <summary>True when the client waits for nothing and sends nothing more: the next request begins here.</summary>
    public bool IsOver => (_isAtEnd || _isWaiting) && !_isReading && _fault is null;

    /// <summary>Reads what is shown ahead, and nothing more. What is wrong with it hears who reads it.</summary>
    public async ValueTask ReadShownAsync(CancellationToken cancel)
    {
        var buffer = new byte[4096];
        try
        {
            while (_isShowing && await ReadChunksAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var read)
            {
                _shown.Append(buffer.AsSpan(0, read));
                if (_shown.Count > previewBytes)
                {
                    throw new ObstacleException(Obstacle.BrokenProtocol);
                }
            }
        }
        catch (ObstacleException e)
        {
            _fault = e;
        }
    }

    /// <summary>Asks for the rest where the client waits for that: before anything is said in answer.</summary>
    public async ValueTask AskAsync(CancellationToken cancel)
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            await goOn(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Reads away what nobody wanted, up to a bound: a client that is cut while it sends may miss the answer.</summary>
    public async ValueTask DiscardAsync(int maxBytes, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        while (!_isReading && !IsOver && _fault is null && maxBytes > 0)
        {
            maxBytes -= Math.Max(1, await ReadChunksAsync(buffer, cancel).ConfigureAwait(false));
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _isReading = true;
        if (_shown.Count > 0)
        {
            var count = Math.Min(buffer.Length, _shown.Count);
            _shown.Unread[..count].CopyTo(buffer.Span);
            _shown.Consume(count);
            _isReading = false;
            return count;
        }

        if (_fault is not null)
        {
            throw _fault;
        }

        await AskAsync(cancellationToken).ConfigureAwait(false);
        var read = await ReadChunksAsync(buffer, cancellationToken).ConfigureAwait(false);
        _isReading = false;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _shown.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadChunksAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        while (_leftBytes == 0 && !_isAtEnd && !_isWaiting)
        {
            await BeginChunkAsync(cancel).ConfigureAwait(false);
        }

        if (_leftBytes == 0)
        {
            return 0;
        }

        var read = await input.ReadAsync(cancel).ConfigureAwait(false);
        var count = (int)Math.Min(Math.Min(buffer.Length, read.Buffer.Length), _leftBytes);
        read.Buffer.Slice(0, count).CopyTo(buffer.Span);
        input.AdvanceTo(read.Buffer.GetPosition(count));
        if (count == 0)
        {
            throw new ObstacleException(Obstacle.TruncatedBody);
        }

        _leftBytes -= count;
        _totalBytes += count;
        if (lengthBytes >= 0 && _totalBytes > lengthBytes)
        {
            throw new ObstacleException(Obstacle.AmbiguousFraming);
        }

        if (_leftBytes == 0 && (await LineAsync(cancel).ConfigureAwait(false)).Length > 0)
        {
            throw new ObstacleException(Obstacle.BrokenProtocol);
        }

        return count;
    }

    private async ValueTask BeginChunkAsync(CancellationToken cancel)
    {
        var line = await LineAsync(cancel).ConfigureAwait(false);
        var end = line.IndexOf(';', StringComparison.Ordinal);
        var size = end < 0 ? line : line[..end].TrimEnd(' ');
        if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bytes) || bytes < 0)
        {
            throw new ObstacleException(Obstacle.BrokenProtocol);
        }

        _leftBytes = bytes;
        if (bytes > 0)
        {
            return;
        }

        // Trailers would be words that nobody has looked at.
        if ((await LineAsync(cancel).ConfigureAwait(false)).Length > 0)
        {
            throw new ObstacleException(Obstacle.BrokenProtocol);
        }

        _isAtEnd = !_isShowing || (end >= 0 && line[(end + 1)..].Trim().Equals("ieof", StringComparison.OrdinalIgnoreCase));
        _isWaiting = !_isAtEnd;
        _isShowing = false;
        if (_isAtEnd && lengthBytes > _totalBytes)
        {
            throw new ObstacleException(Obstacle.TruncatedBody);
        }
    }

    private async ValueTask<string> LineAsync(CancellationToken cancel)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancel).ConfigureAwait(false);
            if (read.Buffer.PositionOf((byte)'\n') is { } feed)
            {
                var line = Encoding.Latin1.GetString(read.Buffer.Slice(0, read.Buffer.GetPosition(1, feed)));
                input.AdvanceTo(read.Buffer.GetPosition(1, feed));
                return line.Length <= MaxLineBytes && line.EndsWith("\r\n", StringComparison.Ordinal) ? line[..^2] : throw new ObstacleException(Obstacle.BrokenProtocol);
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length > MaxLineBytes)
            {
                throw new ObstacleException(read.IsCompleted ? Obstacle.TruncatedBody : Obstacle.BrokenProtocol);
            }
        }
    }
}
