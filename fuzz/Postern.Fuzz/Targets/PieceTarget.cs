using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Streaming;

namespace Postern.Fuzz.Targets;

/// <summary>A way of cutting a stream: the pieces, borders included, do not depend on how the bytes arrived.</summary>
internal sealed class PieceTarget(string name, Func<FlowLimits, IPieceReader> open, string seed) : IFuzzTarget
{
    private const string EndOfPiece = "--";
    private static readonly FlowLimits s_limits = new(WindowBytes: 256, OverlapBytes: 64, MaxPieceBytes: 64 * 1024);

    public string Name => name;

    public IReadOnlyList<byte[]> Seeds { get; } = [Encoding.UTF8.GetBytes(seed), Encoding.UTF8.GetBytes(seed + seed)];

    public void Run(ReadOnlySpan<byte> input)
    {
        var whole = Read(input, input.Length + 1);
        BrokenInvariantException.Unless(Read(input, 1 + (input.Length % 5)).SequenceEqual(whole), "pieces do not depend on the split");
        BrokenInvariantException.Unless(Read(input, 1 + (input.Length / 2)).SequenceEqual(whole), "pieces do not depend on the split in two");
    }

    private List<string> Read(ReadOnlySpan<byte> input, int chunk)
    {
        using var reader = open(s_limits);
        var seen = new List<string>();
        for (var at = 0; at < input.Length; at += chunk)
        {
            reader.Feed(input[at..Math.Min(input.Length, at + chunk)]);
            while (reader.TryNext(out var piece))
            {
                See(piece!, seen);
            }
        }

        while (reader.TryFinish(out var piece))
        {
            See(piece!, seen);
        }

        // A piece that is too large is refused, and how much of it was there by then depends on the split.
        var end = seen.FindIndex(static one => one.Contains(nameof(Obstacle.PieceTooLarge), StringComparison.Ordinal));
        return end < 0 ? seen : seen[..(seen.FindLastIndex(end, static one => one == EndOfPiece) + 1)];
    }

    private static void See(Message piece, List<string> seen)
    {
        using (piece)
        {
            foreach (ref readonly var part in piece.Parts)
            {
                seen.Add($"{part.Kind} {Encoding.Latin1.GetString(piece.Of(part))}");
            }

            seen.Add($"{piece.Facts.Obstacles} {piece.Facts.Last} {piece.Facts.HeldBack} {piece.Facts.Lead} {EventText.Render(piece).Length}");
            seen.Add(EndOfPiece);
        }
    }
}
