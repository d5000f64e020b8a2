using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Tests.Streaming;

public sealed class GrpcReaderTests
{
    private static IPieceReader Open() => new GrpcReader(new FlowLimits(MaxPieceBytes: 64), Cuts.Facts);

    [Fact]
    public void Releases_the_input_message_by_message_at_every_chunk_size()
    {
        byte[] input = [0, 0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 1, (byte)'x'];
        for (var chunk = 1; chunk <= input.Length; chunk++)
        {
            var seen = Cuts.Feed(Open, input, chunk);

            Assert.Equal([8, 5, 6, 0], seen.Select(static piece => piece.Released.Length));
            Assert.Equal(input, Cuts.Released(seen));
            Assert.All(seen, static piece => Assert.Equal(Obstacle.None, piece.Facts.Obstacles));
        }
    }

    [Fact]
    public void Payloads_have_a_border_without_the_prefixes()
    {
        byte[] input = [0, 0, 0, 0, 2, (byte)'a', (byte)'.', 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte)'b'];

        Assert.Equal([null, null, "a.b", null], Cuts.Feed(Open, input, 3).Select(static piece => piece.Border));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 9 }, Obstacle.UnknownEncoding)]
    [InlineData(new byte[] { 0x81, 0, 0, 0, 1, 9 }, Obstacle.UnknownEncoding)]
    [InlineData(new byte[] { 2, 0, 0, 0, 1, 9 }, Obstacle.UnknownEncoding)]
    [InlineData(new byte[] { 0, 0, 0, 0, 65 }, Obstacle.PieceTooLarge)]
    [InlineData(new byte[] { 0, 255, 255, 255, 255 }, Obstacle.PieceTooLarge)]
    [InlineData(new byte[] { 0, 0, 0 }, Obstacle.TruncatedBody)]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 9 }, Obstacle.TruncatedBody)]
    public void What_cannot_be_read_is_an_obstacle(byte[] input, Obstacle expected)
    {
        for (var chunk = 1; chunk <= input.Length; chunk++)
        {
            Assert.Equal(expected, Cuts.Feed(Open, input, chunk)[0].Facts.Obstacles);
        }
    }

    [Fact]
    public void A_length_beyond_the_bound_is_told_before_its_bytes_are_there()
    {
        using var reader = Open();
        reader.Feed([0, 127, 0, 0, 0]);

        Assert.True(reader.TryNext(out var piece));
        Assert.Equal(Obstacle.PieceTooLarge, Seen.Of(piece!).Facts.Obstacles);
    }
}
