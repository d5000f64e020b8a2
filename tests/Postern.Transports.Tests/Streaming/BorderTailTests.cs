using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Tests.Streaming;

public sealed class BorderTailTests
{
    private const int Tail = 1024;

    public static TheoryData<string, string> Padding => new()
    {
        { "zero-width", "\u200B\u200C\u2060" },
        { "byte order marks", "\uFEFF" },
        { "soft hyphens", "\u00AD" },
        { "tags", "\U000E0001" },
        { "controls", "\u0001\u0002" },
        { "selectors among zero-width", "\uFE0F\u200B" },
        { "marks", "\u0301" },
        { "blanks", " \t" },
        { "exotic blanks", "\u00A0\u2003\u3000" },
        { "line breaks", "\r\n" },
        { "all of it", " \u200B\n\u00AD\u3000" },
    };

    [Theory]
    [MemberData(nameof(Padding))]
    public void Padding_takes_no_room(string what, string padding)
    {
        Assert.NotEmpty(what);
        var much = string.Concat(Enumerable.Repeat(padding, 5000));
        foreach (var said in new[] { ["half1", much, "half2"], ["half1" + much, much + "half2"], new[] { "half1", much + much, much, much, "half2" } })
        {
            var shown = Say(new BorderTail(Tail), said);

            Assert.Contains("half1half2", shown);
            Assert.All(shown, static text => Assert.InRange(text.Length, 1, 32));
        }
    }

    [Fact]
    public void A_blank_that_was_said_is_kept_as_one()
    {
        Assert.Contains("one two three", Say(new BorderTail(Tail), "one", "  two", "\u200B ", "three"));
    }

    // Found by the fuzzer: the padding at the end of one piece and at the beginning of the next became one of another length.
    [Fact]
    public void Padding_on_both_sides_of_a_border_is_one_run()
    {
        string[] kinds = ["", "\u200B", " ", "\n"];
        foreach (var end in kinds)
        {
            foreach (var begin in kinds)
            {
                Assert.Contains("one,two", Say(new BorderTail(Tail), "one," + end, begin + "two").Select(static text => text.Replace(" ", "").Replace("\n", "")));
            }
        }
    }

    [Theory]
    [InlineData("abc", 1)]
    [InlineData("a b ", 7)]
    [InlineData("\u65e5\u672c", 3)]
    [InlineData("x\u200By ", 11)]
    [InlineData("\u00ff", 1)]
    public void The_end_is_that_of_the_whole_text_however_it_was_cut(string unit, int cut)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 6000)));
        var whole = new BorderTail(Tail);
        var parts = new BorderTail(Tail);
        using var writer = new MessageWriter();

        whole.Cross(text, writer);
        for (var at = 0; at < text.Length; at += cut * 37)
        {
            parts.Cross(text.AsSpan(at, Math.Min(cut * 37, text.Length - at)), writer, isShown: false);
        }

        var common = Math.Min(whole.Text.Length, parts.Text.Length);
        Assert.InRange(common, Tail - 4, Tail);
        Assert.True(whole.Text[^(common - 4)..].SequenceEqual(parts.Text[^(common - 4)..]));
    }

    [Fact]
    public void It_keeps_its_size_whatever_is_said()
    {
        var tail = new BorderTail(Tail);
        using var writer = new MessageWriter();
        var noise = new byte[100_000];
        new Random(7).NextBytes(noise);

        for (var length = 1; length < noise.Length; length = (length * 3) + 1)
        {
            tail.Cross(noise.AsSpan(0, length), writer, isShown: false);

            Assert.InRange(tail.Text.Length, 0, Tail);
        }
    }

    private static string[] Say(BorderTail tail, params string[] pieces)
    {
        using var writer = new MessageWriter();
        foreach (var piece in pieces)
        {
            tail.Cross(Encoding.UTF8.GetBytes(piece), writer);
        }

        using var message = writer.Seal(new MessageFacts(MessageKind.Event, Direction.Inbound));
        var shown = new List<string>();
        foreach (ref readonly var part in message.Parts)
        {
            shown.Add(Encoding.UTF8.GetString(message.Of(part)));
        }

        return [.. shown];
    }
}
