using System.Text;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

public sealed class GateTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Finds_the_runs_a_naive_reader_finds(bool wide)
    {
        Assert.SkipWhen(wide && !System.Runtime.Intrinsics.X86.Avx2.IsSupported, "no AVX2 here");
        var level = new Level();
        for (uint seed = 1; seed <= 400; seed++)
        {
            var dice = Coat.Noise(600, seed);
            var bytes = new byte[dice[0] + dice[1]];
            var density = 2 + (int)(seed % 40);
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = dice[i + 2] % density == 0 ? dice[i + 3] : "0aF+/-_zG9\n"u8[dice[i + 4] % 11];
            }

            Gate.Read(bytes, level, wide);
            Assert.Equal(Naive(bytes, b => char.IsAsciiLetterOrDigit((char)b) || "+/-_\r\n".Contains((char)b)), level.Runs.Items.ToArray());
            Assert.Equal(Naive(bytes, b => char.IsAsciiHexDigit((char)b)), level.HexRuns.Items.ToArray());
        }
    }

    [Theory]
    [InlineData("plain, words! 1+1=2", 0)]
    [InlineData("100%", (int)Feature.Percent)]
    [InlineData("a&b", (int)Feature.Ampersand)]
    [InlineData("a\\b", (int)Feature.Backslash)]
    [InlineData("é", (int)Feature.NonAscii)]
    [InlineData("a\0b", (int)Feature.LowControl)]
    [InlineData("a\u000Bb", (int)Feature.LowControl)]
    [InlineData("a\u001Bb", (int)Feature.NonAscii)]
    [InlineData("a\u007Fb", (int)Feature.Delete)]
    [InlineData("a\tb", 0)]
    [InlineData("a\r\nb", (int)Feature.LineBreak)]
    [InlineData("0x0X", (int)Feature.LetterX)]
    public void Sees_the_features(string text, int features)
    {
        var level = new Level();
        foreach (var padding in new[] { 0, 1, 15, 16, 31, 47, 63, 64, 100 })
        {
            Gate.Read(Encoding.UTF8.GetBytes(new string('!', padding) + text), level);
            Assert.Equal((Feature)features, level.Features);
            Gate.Read(Encoding.UTF8.GetBytes(text + new string('!', padding)), level, wide: false);
            Assert.Equal((Feature)features, level.Features);
        }
    }

    [Theory]
    [InlineData("41:4b:49:41:5a:37:51:57")]
    [InlineData("41 4b 49 41 5a 37 51 57")]
    [InlineData("41, 4b, 49, 41, 5a, 37, 51, 57")]
    [InlineData("414b 4941 5a37 5157")]
    public void Marks_delimited_digits_wherever_they_stand(string groups)
    {
        var level = new Level();
        for (var padding = 0; padding < 200; padding++)
        {
            Gate.Read(Encoding.ASCII.GetBytes(new string('!', padding) + groups + "!!!"), level);
            Assert.True(level.HexGroups.Count > 0, $"{groups} at {padding}");
        }
    }

    [Fact]
    public void Encoders_of_the_tests_agree_with_RFC_4648()
    {
        string[] plain = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        string[] base64 = ["", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"];
        string[] base32 = ["", "MY======", "MZXQ====", "MZXW6===", "MZXW6YQ=", "MZXW6YTB", "MZXW6YTBOI======"];
        var to = new byte[16];
        for (var i = 0; i < plain.Length; i++)
        {
            Assert.Equal(base32[i], Coat.Base32(Encoding.ASCII.GetBytes(plain[i])));
            var length = Base64Decoder.DecodeFrom(Encoding.ASCII.GetBytes(base64[i]), to);
            Assert.Equal(plain[i], Encoding.ASCII.GetString(to.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Rejects_what_only_looks_encoded()
    {
        var hash = Convert.ToHexStringLower(Coat.Noise(32));
        var image = Convert.ToBase64String(Coat.Noise(3000, 5));
        var text = $"sha256:{hash} data:image/png;base64,{image} 550e8400-e29b-41d4-a716-446655440000 some_long_identifier_name /usr/share/doc/package";
        Assert.DoesNotContain(Seen.Text(text).Views, v => v.Bytes.Length > 200 && v.Chain.Depth > 0);
    }

    private static List<ByteRange> Naive(byte[] bytes, Func<byte, bool> isMember)
    {
        var runs = new List<ByteRange>();
        for (var at = 0; at < bytes.Length; at++)
        {
            var start = at;
            while (at < bytes.Length && isMember(bytes[at]))
            {
                at++;
            }

            if (at - start >= RunTracker.MinRun)
            {
                runs.Add(new ByteRange(start, at));
            }
        }

        return runs;
    }
}
