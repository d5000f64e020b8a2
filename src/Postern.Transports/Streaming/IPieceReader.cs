using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>Sans-I/O: bytes in, pieces of a stream out. One implementation per way of cutting a stream.</summary>
internal interface IPieceReader : IDisposable
{
    /// <summary>Takes all of <paramref name="bytes"/>.</summary>
    void Feed(ReadOnlySpan<byte> bytes);

    /// <summary>The next complete piece; the caller owns it.</summary>
    bool TryNext(out Message? piece);

    /// <summary>The stream is silent: gives what can be judged now without waiting for more, if there is anything.</summary>
    bool TryFlush(out Message? piece);

    /// <summary>The stream ended: gives what is left, marked last. Called until it returns false.</summary>
    bool TryFinish(out Message? piece);
}
