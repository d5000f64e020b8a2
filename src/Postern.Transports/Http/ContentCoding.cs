using System.IO.Compression;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>Undoes Content-Encoding for inspection. What leaves is the decoded body: exactly what was looked at.</summary>
internal static class ContentCoding
{
    private const int MaxCodings = 2;

    /// <summary>
    /// A stream of decoded bytes over <paramref name="coded"/>; <paramref name="coded"/> itself for identity. Null with an
    /// obstacle when a coding is unknown or there are too many.
    /// </summary>
    public static Stream? TryOpen(Stream coded, string? contentEncoding, FlowLimits limits, out Obstacle obstacle)
    {
        obstacle = Obstacle.None;
        if (IsIdentity(contentEncoding))
        {
            return coded;
        }

        var codings = contentEncoding!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (codings.Length > MaxCodings)
        {
            obstacle = Obstacle.UnknownEncoding;
            return null;
        }

        // All codings together may expand the bytes on the wire so far and no further.
        var wire = new CountingStream(coded);
        Stream stream = wire;
        foreach (var coding in codings.Reverse())
        {
            if (Decoder(stream, coding) is not { } decoder)
            {
                obstacle = Obstacle.UnknownEncoding;
                return null;
            }

            stream = new ExpansionGuard(decoder, wire, limits);
        }

        return stream;
    }

    /// <summary>True when there is nothing to undo.</summary>
    public static bool IsIdentity(string? contentEncoding) =>
        string.IsNullOrWhiteSpace(contentEncoding) || contentEncoding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static Stream? Decoder(Stream coded, string coding)
    {
        var counter = new CountingStream(coded);
        return coding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new ChecksumStream(new GZipStream(counter, CompressionMode.Decompress), counter, new BodyChecksum(isGzip: true)),
            "br" => new BrotliBodyStream(counter),
            "deflate" => new DeflateOrZlibStream(counter),
            "identity" => counter,
            _ => null,
        };
    }
}
