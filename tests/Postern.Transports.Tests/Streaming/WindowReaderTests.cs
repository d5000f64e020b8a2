using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Tests.Streaming;

public sealed class WindowReaderTests
{
    private static readonly FlowLimits s_limits = new(WindowBytes: 32, OverlapBytes: 8);
    private static readonly byte[] s_input = [.. Enumerable.Range(0, 250).Select(static i => (byte)i)];

    private static IPieceReader Open() => new WindowReader(s_limits, Cuts.Facts);

    [Fact]
    public void Releases_the_input_at_every_chunk_size()
    {
        for (var chunk = 1; chunk <= s_input.Length; chunk++)
        {
            Assert.Equal(s_input, Cuts.Released(Cuts.Feed(Open, s_input, chunk)));
        }
    }

    [Fact]
    public void Releases_the_input_at_every_split_point()
    {
        for (var at = 0; at <= s_input.Length; at++)
        {
            Assert.Equal(s_input, Cuts.Released(Cuts.Split(Open, s_input, at)));
        }
    }

    [Fact]
    public void What_is_shorter_than_the_overlap_is_seen_whole_before_any_of_it_leaves()
    {
        var seen = Cuts.Feed(Open, s_input, 7);
        for (var start = 0; start + s_limits.OverlapBytes <= s_input.Length; start++)
        {
            var needle = s_input.AsSpan(start, s_limits.OverlapBytes);
            var released = 0;
            foreach (var piece in seen)
            {
                if (piece.Inspected.AsSpan().IndexOf(needle) >= 0)
                {
                    break;
                }

                released += piece.Released.Length;
            }

            Assert.True(released <= start, $"{released} bytes had left before the string at {start} was seen whole.");
        }
    }

    [Fact]
    public void A_piece_is_never_longer_than_window_and_overlap()
    {
        var seen = Cuts.Feed(Open, s_input, s_input.Length);

        Assert.All(seen, piece => Assert.InRange(piece.Inspected.Length, 0, s_limits.WindowBytes + s_limits.OverlapBytes));
        Assert.Equal([.. Enumerable.Repeat(false, seen.Count - 1), true], seen.Select(static piece => piece.Facts.Last));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(39)]
    [InlineData(100)]
    public void Flushing_after_every_chunk_loses_nothing_and_leads_with_what_left(int chunk)
    {
        using var reader = Open();
        var seen = new List<Seen>();
        for (var at = 0; at < s_input.Length; at += chunk)
        {
            reader.Feed(s_input.AsSpan(at, Math.Min(chunk, s_input.Length - at)));
            Cuts.Drain(reader, seen);
            while (reader.TryFlush(out var piece))
            {
                seen.Add(Seen.Of(piece!));
            }
        }

        Cuts.Finish(reader, seen);

        Assert.Equal(s_input, Cuts.Released(seen));
        var left = new List<byte>();
        foreach (var piece in seen)
        {
            Assert.Equal(left.TakeLast(piece.Facts.Lead), piece.Inspected.Take(piece.Facts.Lead));
            Assert.True(piece.Facts.Lead >= Math.Min(left.Count, s_limits.OverlapBytes) || piece.Facts.Lead == 0);
            left.AddRange(piece.Released);
        }
    }

    [Fact]
    public void A_second_flush_without_new_bytes_gives_nothing()
    {
        using var reader = Open();
        reader.Feed("abc"u8);
        Assert.True(reader.TryFlush(out var first));
        first!.Dispose();

        Assert.False(reader.TryFlush(out _));
    }

    [Fact]
    public void An_overlap_longer_than_the_window_releases_the_input_all_the_same()
    {
        using var reader = new WindowReader(new FlowLimits(WindowBytes: 4, OverlapBytes: 16), Cuts.Facts);
        var seen = new List<Seen>();
        foreach (var value in s_input)
        {
            reader.Feed([value]);
            Cuts.Drain(reader, seen);
            if (value % 50 == 0 && reader.TryFlush(out var piece))
            {
                seen.Add(Seen.Of(piece!));
            }
        }

        Cuts.Finish(reader, seen);
        Assert.Equal(s_input, Cuts.Released(seen));
    }
}
