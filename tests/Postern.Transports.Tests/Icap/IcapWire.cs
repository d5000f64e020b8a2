using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postern.Transports.Tests.Icap;

/// <summary>One connection of an ICAP client, at the level of its bytes.</summary>
internal sealed class IcapWire : IAsyncDisposable
{
    private readonly NetworkStream _stream;
    private readonly PipeReader _input;

    private IcapWire(NetworkStream stream) => (_stream, _input) = (stream, PipeReader.Create(stream));

    public static async Task<IcapWire> OpenAsync(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        return new IcapWire(new NetworkStream(socket, ownsSocket: true));
    }

    public Task SayAsync(string text, CancellationToken cancel = default) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancel).AsTask();

    public async Task ChunkAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        await SayAsync(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n", cancel);
        await _stream.WriteAsync(bytes, cancel);
        await SayAsync("\r\n", cancel);
    }

    /// <summary>Says no more, and goes on listening.</summary>
    public void Finish() => _stream.Socket.Shutdown(SocketShutdown.Send);

    /// <summary>Up to the empty line, with it; empty when the connection ended.</summary>
    public async Task<string> HeadAsync(CancellationToken cancel = default)
    {
        var head = new StringBuilder();
        while (await LineAsync(cancel) is { } line)
        {
            head.Append(line).Append("\r\n");
            if (line.Length == 0)
            {
                return head.ToString();
            }
        }

        return string.Empty;
    }

    /// <summary>The next chunk; empty at the end of the body.</summary>
    public async Task<byte[]> NextChunkAsync(CancellationToken cancel = default)
    {
        var line = await LineAsync(cancel) ?? throw new IOException("cut");
        var length = int.Parse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var read = await _input.ReadAtLeastAsync(length + 2, cancel);
        if (read.Buffer.Length < length + 2)
        {
            throw new IOException("cut");
        }

        var chunk = new byte[length];
        using (var writer = new MemoryStream(chunk))
        {
            foreach (var segment in read.Buffer.Slice(0, length))
            {
                writer.Write(segment.Span);
            }
        }

        _input.AdvanceTo(read.Buffer.GetPosition(length + 2));
        return chunk;
    }

    /// <summary>All chunks as text.</summary>
    public async Task<string> BodyAsync(CancellationToken cancel = default)
    {
        var body = new StringBuilder();
        while (await NextChunkAsync(cancel) is { Length: > 0 } chunk)
        {
            body.Append(Encoding.Latin1.GetString(chunk));
        }

        return body.ToString();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string?> LineAsync(CancellationToken cancel)
    {
        while (true)
        {
            ReadResult read;
            try
            {
                read = await _input.ReadAsync(cancel);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return null;
            }

            var reader = new System.Buffers.SequenceReader<byte>(read.Buffer);
            if (reader.TryReadTo(out System.Buffers.ReadOnlySequence<byte> line, "\r\n"u8))
            {
                var text = Encoding.Latin1.GetString(line);
                _input.AdvanceTo(reader.Position);
                return text;
            }

            _input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }
}
