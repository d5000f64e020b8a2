using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>What was read of a body before its message is judged. Owns the bytes.</summary>
internal sealed class HeldBody : IDisposable
{
    private readonly HeldBytes? _bytes;

    private HeldBody(HeldBytes? bytes, bool isWhole, Obstacle obstacle)
    {
        _bytes = bytes;
        IsWhole = isWhole;
        Obstacle = obstacle;
    }

    /// <summary>There is no body, or none that could be read.</summary>
    public static HeldBody None { get; } = new(null, true, Obstacle.None);

    /// <summary>Nothing is held: the body is judged in pieces from its first byte on.</summary>
    public static HeldBody Unread { get; } = new(null, false, Obstacle.None);

    /// <summary>The bytes; valid until this is disposed.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes is null ? default : _bytes.Unread;

    /// <summary>True when nothing follows: the end was reached, or an obstacle stands in the way.</summary>
    public bool IsWhole { get; }

    /// <summary>Why the body cannot be held or inspected.</summary>
    public Obstacle Obstacle { get; }

    /// <summary>The end was reached.</summary>
    public static HeldBody Whole(HeldBytes bytes) => new(bytes, true, Obstacle.None);

    /// <summary>More follows.</summary>
    public static HeldBody Begun(HeldBytes bytes) => new(bytes, false, Obstacle.None);

    /// <summary>Nothing more can be read.</summary>
    public static HeldBody Broken(HeldBytes bytes, Obstacle obstacle) => new(bytes, true, obstacle);

    /// <inheritdoc/>
    public void Dispose() => _bytes?.Dispose();
}
