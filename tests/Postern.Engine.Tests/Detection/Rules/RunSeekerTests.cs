namespace Postern.Engine.Tests.Detection.Rules;

public sealed class RunSeekerTests
{
    private static readonly string s_file = RuleText.File(RuleText.Shape("digits{5,9}", ", allow_placeholders: true"), "12345");

    [Fact]
    public void It_finds_a_run_of_any_length_at_any_offset()
    {
        for (var offset = 0; offset < 40; offset++)
        {
            for (var length = 5; length <= 9; length++)
            {
                var run = "123456789"[..length];
                Assert.Equal([run], RuleText.Matches(s_file, new string('.', offset) + run + "," + new string('.', 40 - offset)));
            }
        }
    }

    [Theory]
    [InlineData("1234")]
    [InlineData("1234567890")]
    [InlineData("x12345")]
    [InlineData("12345x")]
    public void It_takes_whole_runs_only(string text) => Assert.Empty(RuleText.Matches(s_file, text));

    [Fact]
    public void Neighbouring_runs_are_all_found() =>
        Assert.Equal(["11111", "222222", "3333333"], RuleText.Matches(s_file, "1 11111 222222 22 3333333 4444"));

    [Theory]
    [InlineData(15)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(140)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(300)]
    public void A_long_run_is_found_at_every_offset_behind_blocks_without_one(int length)
    {
        var run = Digits(length);
        var file = RuleText.File(RuleText.Shape($"digits{{{length}}}", ", allow_placeholders: true"), run);
        for (var offset = 0; offset <= 130; offset++)
        {
            var before = string.Concat(Enumerable.Repeat("12345678901.", 11))[..offset];
            var gap = before.Length > 0 ? before[..^1] + "." : before;
            Assert.Equal([run], RuleText.Matches(file, gap + run + "," + Digits(length - 1) + "."));
        }
    }

    private static string Digits(int count) => string.Concat(Enumerable.Range(1, count).Select(static i => (i * 7 % 10).ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
