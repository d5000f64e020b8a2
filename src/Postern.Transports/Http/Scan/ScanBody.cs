using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Http.Scan;

/// <summary>A request's body, read whole into one pooled buffer. Dispose it to give the buffer back.</summary>
internal sealed class ScanBody : IDisposable
{
    /// <summary>First buffer for a body that does not announce its length.</summary>
    private const int FirstBytes = 16 * 1024;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>What was read.</summary>
    public ReadOnlySpan<byte> Bytes => Memory.Span;

    /// <summary>The same as memory; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>Reads to the end; the fault, or null.</summary>
    public async ValueTask<ScanFault?> ReadAsync(IHttpRequestFeature request, int maxBytes, CancellationToken cancel)
    {
        var announced = request.Headers.ContentLength;
        if (announced > maxBytes)
        {
            return ScanFault.BodyTooLarge;
        }

        // One byte more than announced, so that the read that finds the end needs no larger buffer.
        _bytes = ArrayPool<byte>.Shared.Rent((int)(announced + 1 ?? Math.Min(FirstBytes, maxBytes + 1)));
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(_bytes.AsMemory(_length), cancel).ConfigureAwait(false)) > 0)
            {
                _length += read;
                if (_length > maxBytes)
                {
                    return ScanFault.BodyTooLarge;
                }

                Grow();
            }

            return null;
        }
        catch (BadHttpRequestException)
        {
            return ScanFault.BrokenBody;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Grow()
    {
        if (_length < _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
