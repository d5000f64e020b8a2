using System.IO.Compression;

namespace Postern.Transports.WebSockets.Deflate;

/// <summary>Compresses messages towards one side (RFC 7692 §7.2.1).</summary>
/// <param name="terms">What that side and we agreed on.</param>
internal sealed class MessageDeflater(DeflateTerms terms) : IDisposable
{
    /// <summary>Shorter messages leave as they are: there is little to gain.</summary>
    private const int MinBytes = 64;

    /// <summary>
    /// Compressors of the whole process that remember earlier messages, at 230 KB each (measured); the others begin anew with each
    /// message, which every peer can read.
    /// </summary>
    private const int MaxKept = 128;

    /// <summary>What is kept allocated between two messages.</summary>
    private const int MaxIdleBytes = 4 * 1024;

    /// <summary>The end of the empty block that a flush writes; the receiver adds it again.</summary>
    private const int TailBytes = 4;

    private static int s_kept;

    private readonly MemoryStream _coded = new();
    private DeflateStream? _encoder;
    private bool _isKept;

    /// <summary>
    /// True for a message that is to be compressed. The encoder's window cannot be made smaller; a message that fits into the one
    /// that was agreed on refers no further back than it may.
    /// </summary>
    public bool Takes(int payloadBytes) => payloadBytes >= MinBytes
        && (terms.WindowBits == DeflateTerms.MaxWindowBits || payloadBytes <= 1 << terms.WindowBits);

    /// <summary>The compressed message; valid until <see cref="Rest"/>.</summary>
    public ReadOnlyMemory<byte> Deflate(ReadOnlySpan<byte> payload)
    {
        _encoder ??= new DeflateStream(_coded, CompressionLevel.Fastest, leaveOpen: true);
        _encoder.Write(payload);
        _encoder.Flush();
        var length = (int)_coded.Length - TailBytes;
        if (!_isKept && !TryKeep())
        {
            // Writes an end of its own behind the message.
            _encoder.Dispose();
            _encoder = null;
        }

        return _coded.GetBuffer().AsMemory(0, length);
    }

    /// <summary>The message has left.</summary>
    public void Rest()
    {
        _coded.SetLength(0);
        if (_coded.Capacity > MaxIdleBytes)
        {
            _coded.Capacity = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder?.Dispose();
        _encoder = null;
        if (_isKept)
        {
            _isKept = false;
            Interlocked.Decrement(ref s_kept);
        }
    }

    private bool TryKeep()
    {
        if (terms.WeForget || terms.WindowBits < DeflateTerms.MaxWindowBits)
        {
            return false;
        }

        _isKept = Interlocked.Increment(ref s_kept) <= MaxKept;
        if (!_isKept)
        {
            Interlocked.Decrement(ref s_kept);
        }

        return _isKept;
    }
}
