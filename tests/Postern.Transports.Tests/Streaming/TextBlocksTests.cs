using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Tests.Streaming;

public sealed class TextBlocksTests
{
    [Theory]
    [InlineData("""{"content":[{"text":"a"},{"te\u0078t":"\u0062"},{"text":1},{"text":"c"}]}""", "a b c ")]
    [InlineData("""[{"text":"a"},{"text":"b"}""", "a b ")]
    [InlineData("""{"content":[{"text":"a"}],"other":["b"]}""", null)]
    [InlineData("text of no JSON: text", null)]
    public void Blocks_of_a_document_are_one_text(string document, string? joined) => Assert.Equal(joined is null ? [] : [joined], Join(document));

    [Fact]
    public void Of_long_blocks_the_ends_are_joined_in_windows()
    {
        var block = "head" + new string('.', 5000) + "größe" + new string('ü', 253);
        var windows = Join("{\"a\":[" + string.Join(',', Enumerable.Repeat("{\"text\":\"" + block + "\"}", 20)) + "]}");

        Assert.True(windows.Count > 2);
        Assert.All(windows, static window => Assert.InRange(Encoding.UTF8.GetByteCount(window), 1, 4095));
        Assert.All(windows, static window => Assert.DoesNotContain('\uFFFD', window));
        Assert.Contains(windows, static window => window.Contains("üü head", StringComparison.Ordinal));
    }

    private static List<string> Join(string document)
    {
        using var writer = new MessageWriter();
        TextBlocks.Join(Encoding.UTF8.GetBytes(document), writer);
        using var message = writer.Seal(new MessageFacts(MessageKind.Rpc, Direction.Inbound));
        var found = new List<string>();
        foreach (ref readonly var part in message.Parts)
        {
            found.Add(Encoding.UTF8.GetString(message.Of(part)));
        }

        return found;
    }
}
