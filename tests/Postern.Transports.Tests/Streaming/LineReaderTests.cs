using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Tests.Streaming;

public sealed class LineReaderTests
{
    private static readonly byte[] s_input = "{\"a\":1}\n\r\n{\"b\":\"\u00fc\"}\r\n[]"u8.ToArray();

    private static IPieceReader Open() => new LineReader(new FlowLimits(MaxPieceBytes: 16), Cuts.Facts);

    [Fact]
    public void Releases_the_input_line_by_line_at_every_chunk_size()
    {
        for (var chunk = 1; chunk <= s_input.Length; chunk++)
        {
            var seen = Cuts.Feed(Open, s_input, chunk);

            Assert.Equal(["{\"a\":1}\n", "\r\n", "{\"b\":\"\u00fc\"}\r\n", "[]"], seen.Select(static piece => Encoding.UTF8.GetString(piece.Released)));
            Assert.Equal([ContentKind.Json, ContentKind.Text, ContentKind.Json, ContentKind.Json], seen.Select(static piece => piece.Facts.Content));
            Assert.All(seen, static piece => Assert.Equal(Obstacle.None, piece.Facts.Obstacles));
            Assert.True(seen[^1].Facts.Last);
        }
    }

    [Theory]
    [InlineData(17, Obstacle.PieceTooLarge)]
    [InlineData(16, Obstacle.None)]
    public void A_line_beyond_the_bound_is_an_obstacle_with_or_without_its_end(int length, Obstacle expected)
    {
        var line = new byte[length];
        line.AsSpan().Fill((byte)'1');
        Assert.Equal(expected, Cuts.Feed(Open, line, 5)[0].Facts.Obstacles);
        line[^1] = (byte)'\n';
        Assert.Equal(expected, Cuts.Feed(Open, line, length)[0].Facts.Obstacles);
    }

    [Fact]
    public void Lines_that_are_no_json_have_a_border_too()
    {
        var seen = Cuts.Feed(Open, "one.\r\n\ntwo.\n[]\nthree.\n"u8, 4);

        Assert.Equal([null, null, "one.two.", null, "one.two.three.", null], seen.Select(static piece => piece.Border));
    }

    [Fact]
    public void Silence_releases_no_part_of_a_line()
    {
        using var reader = Open();
        reader.Feed("{\"a\""u8);

        Assert.False(reader.TryNext(out _));
        Assert.False(reader.TryFlush(out _));
    }
}
