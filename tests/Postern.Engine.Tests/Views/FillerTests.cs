using System.Text;
using Postern.Engine.Views;
using Xunit;

namespace Postern.Engine.Tests.Views;

public class FillerTests
{
    /// <summary>Eight selectors that hide a text, after control characters that take more room as filler than before.</summary>
    private static readonly byte[] s_hidden = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\u0003x", 9)) + string.Concat(Enumerable.Repeat("\ufe0f", 5)) + "e\u0301 \u3000\n" + string.Concat(Enumerable.Repeat("\U000e0100", 7)));

    [Fact]
    public void However_small_the_room_the_same_text_remains()
    {
        var whole = Squeeze(s_hidden, 1024);

        for (var room = Filler.MinRoom; room < s_hidden.Length * 2; room++)
        {
            Assert.Equal(whole, Squeeze(s_hidden, room));
        }
    }

    [Fact]
    public void Squeezing_again_changes_nothing()
    {
        var once = Squeeze(s_hidden, Filler.MinRoom);

        Assert.Equal(once, Squeeze(once, Filler.MinRoom));
    }

    [Fact]
    public void Invisible_characters_become_one_and_blanks_one() => Assert.Equal("a\u200bb c\nd"u8.ToArray(), Squeeze("a\u200b\u0301\u00adb \t c \r\n d"u8.ToArray(), 64));

    private static byte[] Squeeze(ReadOnlySpan<byte> text, int room)
    {
        var result = new List<byte>();
        var into = new byte[room];
        var run = FillerRun.None;
        while (!text.IsEmpty)
        {
            result.AddRange(into.AsSpan(0, Filler.Squeeze(ref text, into, result.Count > 0 ? result[^1] : (byte)0xFF, ref run)));
        }

        return [.. result];
    }
}
