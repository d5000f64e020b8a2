using System.IO.Compression;

namespace Postern.Transports.WebSockets.Deflate;

/// <summary>
/// Undoes the compression of one side's messages (RFC 7692 §7.2.2). Fed piece by piece as fragments arrive, so that bad text is found
/// in the middle of a message; holds no more than the message and, between two, the window that the next may refer to.
/// </summary>
/// <param name="terms">What that side and we agreed on.</param>
/// <param name="maxMessageBytes">Longest message.</param>
internal sealed class MessageInflater(DeflateTerms terms, int maxMessageBytes) : IDisposable
{
    private const int ChunkBytes = 4 * 1024;

    /// <summary>Coded bytes that a message may have beyond its own: what cannot be compressed grows a little, and blocks may be empty.</summary>
    private const int SlackBytes = 64 * 1024;

    private readonly MemoryStream _coded = new();
    private DeflateStream? _decoder;
    private long _taken;

    /// <summary>Reads on; what comes out is added to <paramref name="message"/>.</summary>
    public SocketFault Inflate(ReadOnlySpan<byte> coded, MessageBuffer message)
    {
        _taken += coded.Length;
        return _taken > maxMessageBytes + SlackBytes ? SocketFault.MessageTooLarge : Read(coded, message);
    }

    /// <summary>The message is complete. Its sender left out the end of an empty block, by which the decoder gives out the rest.</summary>
    public SocketFault Finish(MessageBuffer message)
    {
        var fault = Read([0x00, 0x00, 0xFF, 0xFF], message);
        _taken = 0;
        if (terms.TheyForget)
        {
            Forget();
        }

        return fault;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        _coded.Dispose();
    }

    private SocketFault Read(ReadOnlySpan<byte> coded, MessageBuffer message)
    {
        _coded.SetLength(0);
        _coded.Write(coded);
        _coded.Position = 0;
        _decoder ??= new DeflateStream(_coded, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            while (_decoder.Read(message.Room(ChunkBytes)) is > 0 and var read)
            {
                message.Advance(read);
                if (message.Count > maxMessageBytes)
                {
                    // A bomb ends here too; below the bound a message may repeat itself, and earlier ones, as it likes.
                    return SocketFault.MessageTooLarge;
                }
            }
        }
        catch (InvalidDataException)
        {
            return SocketFault.CorruptDeflate;
        }

        // A decoder that does not ask for all of it met a block that says it is the last: nobody could say what the rest means.
        return _coded.Position == _coded.Length ? SocketFault.None : SocketFault.CorruptDeflate;
    }

    private void Forget()
    {
        _decoder?.Dispose();
        _decoder = null;
    }
}
