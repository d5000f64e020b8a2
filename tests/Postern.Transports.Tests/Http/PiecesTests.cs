using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Tests.Streaming;

namespace Postern.Transports.Tests.Http;

public sealed class PiecesTests
{
    private static readonly byte[] s_events = "data:a\r\nunknown: field\r\n\r\n\r\ndata:b"u8.ToArray();

    [Fact]
    public void An_upload_of_events_is_sent_byte_for_byte_as_it_came()
    {
        var facts = new MessageFacts(MessageKind.BodyWindow, Direction.Outbound);

        Assert.Equal(s_events, Cuts.Released(Cuts.Feed(() => Pieces.For("text/event-stream", new FlowLimits(), facts), s_events, 3)));
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/x-ndjson; charset=utf-8")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public void Every_other_upload_is_too(string? type)
    {
        var facts = new MessageFacts(MessageKind.BodyWindow, Direction.Outbound);

        Assert.Equal(s_events, Cuts.Released(Cuts.Feed(() => Pieces.For(type, new FlowLimits(), facts), s_events, 3)));
    }
}
