using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Tests.Streaming;

public sealed class JsonBordersTests
{
    [Fact]
    public void What_one_property_says_piece_after_piece_is_one_text()
    {
        var borders = new JsonBorders();

        Assert.Empty(Cross(borders, """{"id":"1,","delta":{"text":"one,"},"other":["x,"]}"""));
        Assert.Equal(["1,2,", "one,two,", "x,y,z,", "1,one,x,2,two,y,z,"], Cross(borders, """{"id":"2,","delta":{"text":"two,"},"other":["y,","z,"]}"""));
    }

    [Fact]
    public void What_is_said_again_is_not_looked_at_again()
    {
        var borders = new JsonBorders();
        Cross(borders, """{"model":"model-1,","text":"a,"}""");

        Assert.Equal(["a,b,", "model-1,a,b,"], Cross(borders, """{"model":"model-1,","text":"b,"}"""));
    }

    [Fact]
    public void A_few_bytes_may_be_said_twice_and_mean_it()
    {
        var borders = new JsonBorders();
        Cross(borders, """{"t":"a,"}""");

        Assert.Equal(["a,a,"], Cross(borders, """{"t":"a,"}"""));
        Assert.Empty(Cross(borders, """{"t":"a,"}"""));
        Assert.Contains("a,a,a,b", Cross(borders, """{"t":"b"}"""));
    }

    [Fact]
    public void A_new_name_for_every_piece_does_not_cut_what_they_say_together()
    {
        var borders = new JsonBorders();
        for (var i = 0; i < 100; i++)
        {
            Cross(borders, $$"""{"key{{i}}":"{{i}},"}""");
        }

        Assert.Contains(Cross(borders, """{"last":"end"}"""), static text => text.EndsWith("97,98,99,end", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_have_a_border_too()
    {
        var borders = new JsonBorders();
        Cross(borders, """{"one,":1}""");

        Assert.Equal(["one,two,"], Cross(borders, """{"two,":1}"""));
    }

    [Fact]
    public void Escapes_are_read()
    {
        var borders = new JsonBorders();
        Cross(borders, """{"t":"\u0061,"}""");

        Assert.Equal(["a,b,"], Cross(borders, """{"t":"\u0062,"}"""));
    }

    [Fact]
    public void More_properties_than_are_followed_apart_share_a_border()
    {
        var borders = new JsonBorders();
        Cross(borders, "{" + string.Join(',', Enumerable.Range(0, 100).Select(static i => $"\"p{i}\":\"v{i},\"")) + "}");

        var shown = Cross(borders, """{"p98":"new,","p99":"er,"}""");

        Assert.Contains(shown, static text => text.EndsWith("v98,v99,new,er,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{\"a\":\"x\"")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    public void What_is_no_json_adds_nothing(string text)
    {
        var borders = new JsonBorders();
        Cross(borders, """{"a":"one,"}""");
        using var writer = new MessageWriter();

        Assert.False(borders.TryCross(Encoding.UTF8.GetBytes(text), writer));
        Assert.Equal(0, writer.Length);
        Assert.Equal(["one,two,"], Cross(borders, """{"a":"two,"}"""));
    }

    private static string[] Cross(JsonBorders borders, string json)
    {
        using var writer = new MessageWriter();
        Assert.True(borders.TryCross(Encoding.UTF8.GetBytes(json), writer));
        using var message = writer.Seal(new MessageFacts(MessageKind.Event, Direction.Inbound));
        var shown = new List<string>();
        foreach (ref readonly var part in message.Parts)
        {
            Assert.Equal(PartKind.Border, part.Kind);
            shown.Add(Encoding.UTF8.GetString(message.Of(part)));
        }

        return [.. shown];
    }
}
