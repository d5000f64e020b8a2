using Postern.Engine.Configuration;

namespace Postern.Engine.Tests.Configuration;

/// <summary>Whatever a file holds, reading it gives a configuration or errors with a place. Seeds are fixed: a failure repeats.</summary>
public sealed class ConfigFuzzTests
{
    private const int Rounds = 1500;

    private static readonly string[] s_pieces =
    [
        "\n", "\n  ", "\n    ", ": ", ":", "- ", "[", "]", "{", "}", ", ", "\"", "'", "&a ", "*a", "!t ", "|", ">", "? ", "# ", "---\n", "...\n", "%YAML 1.1\n",
        "~", "true", "false", "0", "-1", "1e999", ".nan", "0x", "2147483648", "\\ud800", "\"\\ud800\"", "\"\\U00110000\"", "\"\\x", "\u0000", "\u0085", "\u2028",
        "\ud83d", "*.example.com", "10.0.0.0/8", "::1/128", "127.0.0.1:1", "(a+)+$", "(?<=a)b", "24h", "443", "[[", "a", "é", "\t", "\r",
        .. ConfigExplain.Keys.Select(key => key.Split('.')[^1]),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_pieces_never_throw(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            AssertSound(string.Concat(random.GetItems(s_pieces, random.Next(1, 40))));
        }
    }

    [Theory]
    [InlineData("strict")]
    [InlineData("hostile-model")]
    public void Damaged_presets_never_throw(string preset)
    {
        var random = new Random(4);
        var original = ConfigTemplate.Generate(preset)!;
        for (var round = 0; round < Rounds / 3; round++)
        {
            var text = original;
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                var at = random.Next(text.Length);
                var length = Math.Min(random.Next(12), text.Length - at);
                text = text[..at] + (random.Next(2) == 0 ? s_pieces[random.Next(s_pieces.Length)] : "") + text[(at + length)..];
            }

            AssertSound(text);
        }
    }

    [Fact]
    public void Every_prefix_of_a_preset_is_read_or_refused()
    {
        var preset = ConfigTemplate.Generate("claude-code")!;
        for (var length = 0; length <= preset.Length; length++)
        {
            AssertSound(preset[..length]);
        }
    }

    private static void AssertSound(string text)
    {
        var result = ConfigReader.Read(text, "fuzz.yaml");
        Assert.Equal(result.Errors.Count == 0, result.Config is not null);
        Assert.All(result.Errors, error => Assert.True(error.Line >= 1 && error.Column >= 1 && error.Message.Length > 0));
    }
}
