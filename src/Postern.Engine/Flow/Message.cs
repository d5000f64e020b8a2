using System.Buffers;

namespace Postern.Engine.Flow;

/// <summary>
/// The unit inspected and released whole. Owns its bytes: what was inspected is what a release sends. Made by
/// <see cref="MessageWriter"/>; immutable afterwards; dispose it once, when it was released or refused.
/// </summary>
public sealed class Message : IDisposable
{
    private byte[]? _bytes;
    private Part[] _parts;
    private readonly int _length;
    private readonly int _partCount;
    private readonly MessageFacts _facts;
    private int _taken;

    internal Message(MessageWriter writer, in MessageFacts facts)
    {
        (_bytes, _length, _parts, _partCount) = writer.Surrender();
        _facts = facts;
    }

    /// <summary>What the adapter knows about the message besides its bytes.</summary>
    public MessageFacts Facts => _facts;

    internal ref readonly MessageFacts FactsRef => ref _facts;

    /// <summary>What the message is.</summary>
    public MessageKind Kind => _facts.Kind;

    /// <summary>Which way it travels.</summary>
    public Direction Direction => _facts.Direction;

    /// <summary>All bytes, parts and separators.</summary>
    public ReadOnlySpan<byte> Bytes => Memory.Span;

    /// <summary>The parts in document order.</summary>
    public ReadOnlySpan<Part> Parts => _parts.AsSpan(0, _partCount);

    /// <summary>The bytes as memory, for releases that write asynchronously; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Memory => (_bytes ?? throw new ObjectDisposedException(nameof(Message))).AsMemory(0, _length);

    /// <summary>True when the body is media from the world that is counted and not read. Towards the world everything is read.</summary>
    public bool IsBodyOpaque => _facts is { Content: ContentKind.Opaque, Direction: Direction.Inbound };

    /// <summary>The bytes of <paramref name="part"/>.</summary>
    public ReadOnlySpan<byte> Of(in Part part) => Bytes.Slice(part.Start, part.Length);

    /// <summary>The name of <paramref name="part"/>; empty when it has none.</summary>
    public ReadOnlySpan<byte> NameOf(in Part part) => Bytes.Slice(part.NameStart, part.NameLength);

    /// <summary>Finds the first part of a kind.</summary>
    public bool TryFind(PartKind kind, out Part part)
    {
        foreach (ref readonly var candidate in Parts)
        {
            if (candidate.Kind == kind)
            {
                part = candidate;
                return true;
            }
        }

        part = default;
        return false;
    }

    /// <summary>The body bytes that may leave now: all of them, or what stands between a piece's lead and what it holds back.</summary>
    public ReadOnlyMemory<byte> ReleasableBody =>
        TryFind(PartKind.Body, out var body) ? Memory.Slice(body.Start + _facts.Lead, body.Length - _facts.Lead - _facts.HeldBack) : default;

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, null);
        if (bytes is null)
        {
            return;
        }

        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<Part>.Shared.Return(_parts);
        _parts = [];
    }

    /// <summary>True for the first caller only: a message is released once.</summary>
    internal bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;
}
