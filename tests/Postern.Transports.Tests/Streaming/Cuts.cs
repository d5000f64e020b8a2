using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Tests.Streaming;

/// <summary>Feeds a reader in pieces of every kind and looks at what comes out.</summary>
internal static class Cuts
{
    public static MessageFacts Facts { get; } = new(MessageKind.BodyWindow, Direction.Inbound);

    /// <summary>Everything in chunks of one size, drained after each, to the end.</summary>
    public static List<Seen> Feed(Func<IPieceReader> open, ReadOnlySpan<byte> input, int chunkBytes)
    {
        using var reader = open();
        var seen = new List<Seen>();
        for (var at = 0; at < input.Length; at += chunkBytes)
        {
            reader.Feed(input[at..Math.Min(input.Length, at + chunkBytes)]);
            Drain(reader, seen);
        }

        Finish(reader, seen);
        return seen;
    }

    /// <summary>Two chunks, cut at <paramref name="at"/>.</summary>
    public static List<Seen> Split(Func<IPieceReader> open, ReadOnlySpan<byte> input, int at)
    {
        using var reader = open();
        var seen = new List<Seen>();
        reader.Feed(input[..at]);
        Drain(reader, seen);
        reader.Feed(input[at..]);
        Drain(reader, seen);
        Finish(reader, seen);
        return seen;
    }

    public static void Drain(IPieceReader reader, List<Seen> seen)
    {
        while (reader.TryNext(out var piece))
        {
            seen.Add(Seen.Of(piece!));
        }
    }

    public static void Finish(IPieceReader reader, List<Seen> seen)
    {
        while (reader.TryFinish(out var piece))
        {
            seen.Add(Seen.Of(piece!));
        }

        Assert.False(reader.TryFinish(out _));
    }

    public static byte[] Released(IEnumerable<Seen> seen) => [.. seen.SelectMany(static piece => piece.Released)];
}
