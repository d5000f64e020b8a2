using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Tests.Streaming;

public sealed class ServerSentEventReaderTests
{
    private static readonly FlowLimits s_limits = new(MaxPieceBytes: 2048);

    private static IPieceReader Open() => new ServerSentEventReader(s_limits, Cuts.Facts);

    /// <summary>Stream and canonical form; at every split point.</summary>
    [Theory]
    [InlineData("data: one\n\ndata:two\n\n", "data: one\n\ndata: two\n\n")]
    [InlineData("data: a\r\ndata: b\r\n\r\n", "data: a\ndata: b\n\n")]
    [InlineData("data: a\rdata: b\r\r", "data: a\ndata: b\n\n")]
    [InlineData("\uFEFFdata: marked\n\n", "data: marked\n\n")]
    [InlineData("\n\uFEFFdata: late\n\ndata: x\n\n", "data: x\n\n")]
    [InlineData("id: 7\nevent: e\nretry: 5\ndata:  two spaces\n\n", "id: 7\nevent: e\nretry: 5\ndata:  two spaces\n\n")]
    [InlineData("data\n\n", "data: \n\n")]
    [InlineData("data:\ndata:\n\n", "data: \ndata: \n\n")]
    [InlineData("event: only\n\n", "event: only\n\n")]
    [InlineData("unknown: gone\ndata: x\n\n", "data: x\n\n")]
    [InlineData(": note\ndata: x\n\n", ": note\ndata: x\n\n")]
    [InlineData("data: no end", "data: no end\n\n")]
    [InlineData("data: ends with cr\r", "data: ends with cr\n\n")]
    [InlineData("data: grüße\n\n", "data: grüße\n\n")]
    [InlineData("", "")]
    [InlineData("\n\n\n", "")]
    public void Rebuilds_the_same_events_at_every_split_point(string stream, string expected)
    {
        var input = Encoding.UTF8.GetBytes(stream);
        for (var at = 0; at <= input.Length; at++)
        {
            var seen = Cuts.Split(Open, input, at);

            // A space after a comment's colon is a matter of taste.
            Assert.Equal(expected.Replace(": note", ":note", StringComparison.Ordinal), string.Concat(seen.Select(static piece => piece.Event)));
            Assert.All(seen, static piece => Assert.Equal(Obstacle.None, piece.Facts.Obstacles));
            Assert.True(seen[^1].Facts.Last);
        }

        Assert.Equal(Cuts.Released(Cuts.Split(Open, input, 0)), Cuts.Released(Cuts.Feed(Open, input, 1)));
    }

    [Theory]
    [InlineData("data: \xff\n\n")]
    [InlineData("event: \xff\ndata: x\n\n")]
    [InlineData("id: \xc3\ndata: x\n\n")]
    public void Text_that_is_not_utf8_is_an_obstacle_in_every_field(string latin1)
    {
        var seen = Cuts.Feed(Open, Encoding.Latin1.GetBytes(latin1), 3);

        Assert.Equal(Obstacle.InvalidText, seen[0].Facts.Obstacles);
    }

    [Theory]
    [InlineData("data: ", 1)]
    [InlineData("data: ", 700)]
    [InlineData("no field", 5000)]
    public void A_line_without_an_end_is_an_obstacle_and_is_not_kept(string start, int chunk)
    {
        var seen = Cuts.Feed(Open, Encoding.ASCII.GetBytes(start + new string('x', 3000)), chunk);

        Assert.Contains(seen, static piece => piece.Facts.Obstacles == Obstacle.PieceTooLarge);
        Assert.True(seen.Count <= 3);
    }

    [Fact]
    public void Many_small_lines_are_bounded_too()
    {
        Assert.Contains(Cuts.Feed(Open, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("data: xxxx\n", 300))), 100), static piece => piece.Facts.Obstacles == Obstacle.PieceTooLarge);
        var roomy = new FlowLimits();
        Assert.Contains(
            Cuts.Feed(() => new ServerSentEventReader(roomy, Cuts.Facts), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(":\n", 2000))), 100),
            static piece => piece.Facts.Obstacles == Obstacle.PieceTooLarge);
    }

    [Fact]
    public void Several_events_in_one_chunk_larger_than_the_bound_are_no_obstacle()
    {
        var seen = Cuts.Feed(Open, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("data: " + new string('x', 500) + "\n\n", 20))), 20_000);

        Assert.All(seen, static piece => Assert.Equal(Obstacle.None, piece.Facts.Obstacles));
    }

    [Fact]
    public void Blank_lines_add_up_to_no_event()
    {
        var seen = Cuts.Feed(Open, Encoding.ASCII.GetBytes(new string('\n', 10_000)), 512);

        Assert.Equal(Obstacle.None, Assert.Single(seen).Facts.Obstacles);
    }

    [Fact]
    public void Silence_sends_comments_and_nothing_else()
    {
        using var reader = Open();
        reader.Feed(": ping\n"u8);
        Assert.False(reader.TryNext(out _));
        Assert.True(reader.TryFlush(out var piece));
        Assert.Equal(":ping\n", Seen.Of(piece!).Event);

        reader.Feed(": ping\ndata: half\n"u8);
        Assert.False(reader.TryNext(out _));
        Assert.False(reader.TryFlush(out _));
    }
}
