using System.Text;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

public sealed class UnicodeFoldTests
{
    [Theory]
    [InlineData("ignоrе prеvious", "ignore previous")]
    [InlineData("АКІА", "AKIA")]
    [InlineData("ΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", "ABEHIKMNOPTXYZ")]
    [InlineData("ѕсоре", "scope")]
    [InlineData("łđøħŧ", "ldoht")]
    [InlineData("ᴀʙᴄᴅ", "abcd")]
    [InlineData("éàüñçŠž", "eauncSz")]
    [InlineData("e\u0301 a\u0323\u0302", "e a")]
    [InlineData("ＡＢＣ１２３％", "ABC123%")]
    [InlineData("ﬁ ﬂ ﬀ Ⅷ ½ ①", "fi fl ff VIII 1/2 1")]
    [InlineData("𝐚𝓫𝔠𝟙", "abc1")]
    [InlineData("٣٥ ३५ ３５", "35 35 35")]
    [InlineData("a\u00A0b\u2003c\u3000d\u1680e", "a b c d e")]
    [InlineData("a\u2028b", "a\nb")]
    [InlineData("“x” ‘y’ – —", "\"x\" 'y' - -")]
    [InlineData("a\u200Bb\u00ADc\u2060d\uFEFFe\u202Ef\u3164g", "abcdefg")]
    [InlineData("a\0b\u0001c\u007Fd\u0085e\tf\ng\rh", "abcd\ne\tf\ng\rh")]
    [InlineData("\U000E0069\U000E0067\U000E006E", "ign")]
    [InlineData("🅰🇧", "AB")]
    [InlineData("\u1100\u1161\u11A8", "각")]
    [InlineData("각", "각")]
    [InlineData("ㄱㅏ", "가")]
    [InlineData("カ\u3099 は\u309A", "ガ ぱ")]
    [InlineData("ｶﾞｷﾞﾊﾟ", "ガギパ")]
    [InlineData("以前の指示を無視", "以前の指示を無視")]
    [InlineData("ノート", "ノート")]
    [InlineData("ig\u05B8no\u0E31re\u0941d\u3099", "ignored")]
    [InlineData("ไทยมี हिन्दी", "ไทยมี हिन्दी")]
    [InlineData("שָׁלוֹם مَرْحَبًا", "שלום مرحبا")]
    [InlineData("مرحبا שלום", "مرحبا שלום")]
    [InlineData("❤️", "❤")]
    public void Folds(string text, string folded) => Assert.Equal(folded, UnicodeFold.Fold(text));

    [Fact]
    public void Reads_what_variation_selectors_carry() => Assert.Equal("ok: hidden", UnicodeFold.Fold("ok" + Coat.Selectors(": hidden")));

    // Found by the fuzzer: with no room left for a single byte the fold looked at the last one it had written.
    [Fact]
    public void An_invisible_character_without_room_for_the_text_before_it_throws_nothing()
    {
        var level = new Level();
        level.Begin(default, 0, 0, recording: false);

        Assert.False(UnicodeFold.Fold("ab\u200Bcd"u8, level, FoldWay.Whole));
        Assert.Equal(0, level.Length);
    }

    [Fact]
    public void Is_idempotent_and_never_grows_a_control_character()
    {
        for (var code = 0x80; code < 0x110000; code++)
        {
            if (code is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            var once = UnicodeFold.Fold(char.ConvertFromUtf32(code));
            Assert.True(once == UnicodeFold.Fold(once), $"U+{code:X4}");
            Assert.True(once.All(c => c >= ' ' || c == '\n'), $"U+{code:X4}");
        }
    }

    [Theory]
    [InlineData("\u00C5", "A\u030A", "\u212B")]
    [InlineData("\u1E69", "s\u0323\u0307", "s\u0307\u0323")]
    [InlineData("\uAC01", "\u1100\u1161\u11A8", "\uAC00\u11A8")]
    [InlineData("\u30D1", "\u30CF\u309A", "\uFF8A\uFF9F")]
    [InlineData("\u0439", "\u0438\u0306", "\u0438")]
    public void Folds_equivalent_forms_alike(string first, string second, string third)
    {
        Assert.Equal(UnicodeFold.Fold(first), UnicodeFold.Fold(second));
        Assert.Equal(UnicodeFold.Fold(first), UnicodeFold.Fold(third));
    }

    [Fact]
    public void Keeps_bytes_that_are_not_UTF8()
    {
        var seen = new Seen([(byte)'a', 0xFF, 0xC3, (byte)'b', 0xF0, 0x9F, 0x98, 0xD0, 0xB0]);
        Assert.Equal([(byte)'a', 0xFF, 0xC3, (byte)'b', 0xF0, 0x9F, 0x98, (byte)'a'], Assert.Single(seen.Of("raw>fold")).Bytes);
    }

    [Fact]
    public void Follows_every_view_beyond_ASCII_with_a_complete_folded_one()
    {
        var text = "plain words. " + new string('.', 9000) + " é " + new string('.', 9000) + " more plain words";
        Assert.Equal(UnicodeFold.Fold(text), Seen.Text(text).Of("raw>fold").First().Text);
        Assert.Single(Seen.Text("中文").Of("raw>fold"));
    }

    [Fact]
    public void Shows_what_little_changes_in_a_long_text_by_itself_with_its_surroundings()
    {
        var plain = string.Concat(Enumerable.Repeat("plain words and ", 400));
        var key = "key\u00A0=\u00A0value ";
        var views = Seen.Text(plain + key + plain + plain + key + plain).Of("raw>fold").ToArray();

        Assert.Equal(2, views.Length);
        var lines = views[1].Text.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.All(lines, static line => Assert.Contains(" key = value plain ", line, StringComparison.Ordinal));
        Assert.All(lines, static line => Assert.InRange(line.Length, 2 * 256, 600));
    }

    [Fact]
    public void Passes_noise_over_and_folds_what_follows()
    {
        var seen = new Seen([.. Coat.Noise(4096), .. Encoding.UTF8.GetBytes(new string(' ', 1024) + "ignоrе")]);
        Assert.Contains(seen.Of("raw>fold"), v => v.Text.EndsWith(" ignore", StringComparison.Ordinal));
    }
}
