using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Tests.Streaming;

public sealed class BorderTakeBackTests
{
    private readonly BorderTail _tail = new(32);

    [Fact]
    public void What_was_taken_back_was_never_said()
    {
        Say("first-");
        Say("refused-");
        _tail.TakeBack();

        Assert.Equal("first-second-", Say("second-"));
        Assert.Equal("first-second-third-", Say("third-"));
    }

    [Fact]
    public void Only_the_last_piece_is_taken_back()
    {
        Say("first-");
        Say("second-");
        _tail.TakeBack();
        _tail.TakeBack();

        Assert.Equal("first-third-", Say("third-"));
    }

    [Fact]
    public void A_piece_that_said_nothing_takes_nothing_back()
    {
        Say("first-");
        _tail.Settle();
        _tail.TakeBack();

        Assert.Equal("first-second-", Say("second-"));
    }

    /// <summary>Begins a piece that says <paramref name="text"/>; its border.</summary>
    private string Say(string text)
    {
        using var writer = new MessageWriter();
        _tail.Settle();
        _tail.Cross(Encoding.ASCII.GetBytes(text), writer);
        using var message = writer.Seal(new MessageFacts(MessageKind.Event, Direction.Inbound));
        return message.TryFind(PartKind.Border, out var border) ? Encoding.ASCII.GetString(message.Of(border)) : string.Empty;
    }
}
