using System.IO.Compression;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>Compressed payloads as any peer could make them; written apart from the product's.</summary>
internal sealed class Coded : IDisposable
{
    private readonly MemoryStream _sink = new();
    private readonly DeflateStream _encoder;

    public Coded() => _encoder = new DeflateStream(_sink, CompressionLevel.Optimal, leaveOpen: true);

    /// <summary>One payload on its own.</summary>
    public static byte[] Alone(byte[] payload)
    {
        using var coded = new Coded();
        return coded.Next(payload);
    }

    /// <summary>The next payload of a conversation: it may refer to those before.</summary>
    public byte[] Next(byte[] payload)
    {
        _sink.SetLength(0);
        _encoder.Write(payload);
        _encoder.Flush();
        return _sink.ToArray()[..^4];
    }

    public void Dispose() => _encoder.Dispose();
}
