using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Tests.WebSockets;

public sealed class SocketMessagesTests
{
    [Theory]
    [InlineData("plain words", ContentKind.Text, true)]
    [InlineData("", ContentKind.Text, true)]
    [InlineData("42[\"event\",{}]", ContentKind.Json, false)]
    [InlineData("451-/chat,12[\"event\",{\"_placeholder\":true,\"num\":0}]", ContentKind.Json, false)]
    [InlineData("a[\"{}\"]", ContentKind.Json, false)]
    [InlineData("{\"type\":6}\u001e", ContentKind.Json, false)]
    [InlineData("0{\"sid\":\"x\"}", ContentKind.Json, false)]
    [InlineData("42[\"event\"", ContentKind.Text, true)]
    [InlineData("see [1]", ContentKind.Text, true)]
    [InlineData("2probe", ContentKind.Text, true)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", ContentKind.Json, true)]
    [InlineData("{\"a\":1}", ContentKind.Json, true)]
    [InlineData(" [1,2]\n", ContentKind.Json, true)]
    [InlineData("{\"a\":1", ContentKind.Json, false)]
    [InlineData("[12:30] hello", ContentKind.Json, false)]
    [InlineData("[hello]", ContentKind.Json, false)]
    [InlineData("{\"a\":1} {\"b\":2}", ContentKind.Json, false)]
    internal void Reads_as_JSON_what_is_JSON(string text, ContentKind content, bool whole)
    {
        using var message = new SocketMessages(Direction.Outbound).Make(Text(text));

        Assert.Equal((content, whole), (message.Facts.Content, message.Facts.Whole));
        Assert.Equal(text, Encoding.UTF8.GetString(message.ReleasableBody.Span));
    }

    [Fact]
    public void Shows_the_border_of_two_messages_as_one_text()
    {
        var messages = new SocketMessages(Direction.Outbound);

        Assert.Equal([], Borders(messages, Text("first. ")));
        Assert.Equal(["first. second"], Borders(messages, Text("second")));
        Assert.Equal(["first. secondthird", "first. second third"], Borders(messages, Text("third")));
    }

    [Fact]
    public void A_control_frame_does_not_cut_the_border_of_messages_and_has_its_own()
    {
        var messages = new SocketMessages(Direction.Outbound);

        Borders(messages, Text("one,"));
        Assert.Equal([], Borders(messages, new SocketPiece { Opcode = SocketOpcode.Ping, Payload = "ping,"u8 }));
        Assert.Equal(["one,two"], Borders(messages, Text("two")));
        Assert.Equal(["ping,pong"], Borders(messages, new SocketPiece { Opcode = SocketOpcode.Pong, Payload = "pong"u8 }));
    }

    [Theory]
    [InlineData(10, 10, 20)]
    [InlineData(5000, 10, 1034)]
    [InlineData(10, 5000, 1034)]
    [InlineData(5000, 5000, 2048)]
    public void Shows_at_most_1_KiB_to_each_side_of_the_border(int before, int after, int shown)
    {
        var messages = new SocketMessages(Direction.Inbound);

        Borders(messages, Text(new string('.', before)));

        Assert.Equal(shown, Assert.Single(Borders(messages, Text(new string('-', after)))).Length);
    }

    [Fact]
    public void No_border_is_too_long_to_be_looked_at_without_separators()
    {
        var messages = new SocketMessages(Direction.Inbound);

        Borders(messages, Text(new string('a', 5000)));

        Assert.Equal([2048, 2049], Borders(messages, Text(new string('b', 5000))).Select(static border => border.Length));
        Assert.True(new ViewLimits().MaxCompactBytes >= 2049);
    }

    [Fact]
    public void Small_messages_add_up_to_one_border()
    {
        var messages = new SocketMessages(Direction.Inbound);
        for (var i = 0; i < 5000; i++)
        {
            Borders(messages, Text(((char)('!' + (i % 14))).ToString()));
        }

        var border = Assert.Single(Borders(messages, Text("+")));

        Assert.Equal(1025, border.Length);
        Assert.EndsWith(((char)('!' + (4999 % 14))) + "+", border, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_JSON_is_followed_from_message_to_message_whatever_stands_around_it()
    {
        var messages = new SocketMessages(Direction.Inbound);

        Borders(messages, Text("42[\"say\",{\"n\":1,\"text\":\"one and \"}]"));

        Assert.Contains("one and two", Borders(messages, Text("42[\"say\",{\"n\":2,\"text\":\"two\"}]")));
    }

    [Fact]
    public void What_is_said_again_is_not_looked_at_again()
    {
        var messages = new SocketMessages(Direction.Inbound);

        Borders(messages, Text("the same thing"));

        Assert.Equal([], Borders(messages, Text("the same thing")));
        Assert.NotEmpty(Borders(messages, Text("another thing")));
    }

    private static SocketPiece Text(string text) => new() { Opcode = SocketOpcode.Text, Payload = Encoding.UTF8.GetBytes(text) };

    private static string[] Borders(SocketMessages messages, in SocketPiece piece)
    {
        using var message = messages.Make(piece);
        var borders = new List<string>();
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.Border)
            {
                borders.Add(Encoding.UTF8.GetString(message.Of(part)));
            }
        }

        return [.. borders];
    }
}
