using System.IO.Compression;

namespace Postern.Transports.Tests.Http;

/// <summary>Bytes in a content coding.</summary>
internal static class Coded
{
    public static byte[] With(string coding, byte[] plain)
    {
        using var coded = new MemoryStream();
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(coded, CompressionMode.Compress, leaveOpen: true),
            "br" => new BrotliStream(coded, CompressionMode.Compress, leaveOpen: true),
            "deflate" => new ZLibStream(coded, CompressionMode.Compress, leaveOpen: true),
            "bare deflate" => new DeflateStream(coded, CompressionMode.Compress, leaveOpen: true),
            _ => throw new ArgumentOutOfRangeException(nameof(coding)),
        })
        {
            encoder.Write(plain);
        }

        return coded.ToArray();
    }

    /// <summary>What Content-Encoding says about it.</summary>
    public static string NameOf(string coding) => coding == "bare deflate" ? "deflate" : coding;
}
