using System.IO.Compression;
using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Http;

namespace Postern.Fuzz.Targets;

/// <summary>A content coding: decodes, or says what stands in the way, within the bomb limits, however the bytes arrive.</summary>
internal sealed class CodingTarget(string coding) : IFuzzTarget
{
    private static readonly FlowLimits s_limits = new(MaxExpansion: 20, MaxDecodedBytes: 256 * 1024);

    public string Name => "decode-" + coding;

    public IReadOnlyList<byte[]> Seeds { get; } = [Encode(coding, "hello hello hello"u8.ToArray()), Encode(coding, new byte[100_000]), Encode(coding, [])];

    public void Run(ReadOnlySpan<byte> input)
    {
        var whole = Decode(input.ToArray(), int.MaxValue);
        var drip = Decode(input.ToArray(), 1 + (input.Length % 7));

        // Bytes behind the end that repeat its checksum are ignored by the decoder when it has them already, and an error when they come
        // later: never content.
        BrokenInvariantException.Unless(whole == drip || whole.IsRefused != drip.IsRefused, $"the result does not depend on the split: {whole} {drip}");
        BrokenInvariantException.Unless(whole.Bytes <= s_limits.MaxDecodedBytes, "decoded bytes are bounded");
    }

    private (long Bytes, bool IsRefused) Decode(byte[] input, int chunk)
    {
        using var source = new DripStream(input, chunk);
        using var stream = ContentCoding.TryOpen(source, coding, s_limits, out var obstacle);
        var bytes = 0L;
        var buffer = new byte[8192];
        try
        {
            while (stream is not null && stream.ReadAsync(buffer).AsTask().GetAwaiter().GetResult() is > 0 and var read)
            {
                bytes += read;
            }
        }
        catch (ObstacleException)
        {
            // How far it came, and which of two faults it saw first, depends on the split; refused is refused.
            return (0, true);
        }

        return (bytes, obstacle != Obstacle.None);
    }

    private static byte[] Encode(string coding, byte[] text)
    {
        using var coded = new MemoryStream();
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(coded, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(coded, CompressionLevel.Optimal, leaveOpen: true),
            _ => new ZLibStream(coded, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            encoder.Write(text);
        }

        return coded.ToArray();
    }
}
