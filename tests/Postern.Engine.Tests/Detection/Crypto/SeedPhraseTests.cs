using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Crypto;
using Postern.Engine.Tests.Detection.Known;

namespace Postern.Engine.Tests.Detection.Crypto;

/// <summary>Phrases in every language and any dress; word lists and prose are none.</summary>
public sealed class SeedPhraseTests
{
    private static readonly string[] s_languages =
        ["english", "spanish", "french", "italian", "portuguese", "czech", "japanese", "korean", "chinese-simplified", "chinese-traditional"];

    public static TheoryData<string, int> Lengths => new(
        from language in s_languages
        from words in new[] { 12, 15, 18, 21, 24 }
        select new TheoryDataRow<string, int>(language, words));

    public static TheoryData<string, Func<string[], string>> Dresses => new()
    {
        { "spaces", static words => string.Join(' ', words) },
        { "lines", static words => string.Join('\n', words) },
        { "commas", static words => string.Join(", ", words) },
        { "hyphens", static words => string.Join('-', words) },
        { "bars", static words => string.Join(" | ", words) },
        { "numbered", static words => string.Join('\n', words.Select(static (word, i) => $"{i + 1}. {word}")) },
        { "numbered in one line", static words => string.Join(' ', words.Select(static (word, i) => $"({i + 1}) {word}")) },
        { "labelled", static words => "{" + string.Join(", ", words.Select(static (word, i) => $"\"word{i + 1}\": \"{word}\"")) + "}" },
        { "array", static words => "{\"m\": [" + string.Join(", ", words.Select(static word => $"\"{word}\"")) + "]}" },
        { "items", static words => "<ol>" + string.Concat(words.Select(static word => $"<li>{word}</li>")) + "</ol>" },
        { "capitals", static words => string.Join(' ', words).ToUpperInvariant() },
        { "query", static words => "q=" + string.Join('+', words) },
        { "percent", static words => string.Join("%20", words) },
        { "base64", static words => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join(' ', words))) },
        { "hex", static words => Convert.ToHexString(Encoding.UTF8.GetBytes(string.Join(' ', words))) },
        { "prose around", static words => "please keep this for me my phrase is " + string.Join(' ', words) + " and do not lose it" },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Every_language_and_length_is_found(string language, int count)
    {
        var world = new OwnWorld([]);

        var found = await world.FindAsync("backup: " + string.Join(' ', PhraseOf(language, count, seed: 3)));

        Assert.True(found.Any(static finding => finding.Rule == CryptoRules.SeedPhrase), string.Join(' ', PhraseOf(language, count, seed: 3)));
    }

    [Theory]
    [MemberData(nameof(Dresses))]
    public async Task Any_dress_is_seen_through(string name, Func<string[], string> dress)
    {
        _ = name;
        var world = new OwnWorld([]);
        for (var seed = 0; seed < 4; seed++)
        {
            Assert.Contains(await world.FindAsync(dress(PhraseOf("english", 12, seed))), static finding => finding.Rule == CryptoRules.SeedPhrase);
        }
    }

    [Fact]
    public async Task It_is_found_wherever_it_begins()
    {
        var world = new OwnWorld([]);
        var phrase = string.Join(' ', PhraseOf("english", 12, seed: 9));
        for (var before = 0; before < 90; before += 7)
        {
            Assert.Contains(await world.FindAsync(new string('.', before) + phrase), static finding => finding.Rule == CryptoRules.SeedPhrase);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(45)]
    public async Task A_long_text_that_folding_hardly_changes_is_read_where_it_does(int at)
    {
        var prose = string.Concat(Enumerable.Repeat("there was nothing of the kind in those old houses, ", 300));
        var phrase = string.Join("  \u00B7  ", PhraseOf("english", 12, seed: 2));

        Assert.Contains(await new OwnWorld([]).FindAsync(prose + phrase.Insert(at, "\u200B") + ". " + prose), static finding => finding.Rule == CryptoRules.SeedPhrase);
    }

    [Fact]
    public async Task A_wrong_checksum_is_no_phrase_unless_it_is_not_asked_for()
    {
        var words = PhraseOf("english", 12, seed: 5);
        var list = ListOf("english");
        var wrong = list.First(word => !words.Contains(word) && !IsPhrase([.. words[..11], word]));

        Assert.Empty(await new OwnWorld([]).FindAsync(string.Join(' ', [.. words[..11], wrong])));
        Assert.NotEmpty(await new OwnWorld([], "seed_phrase_detection: { verify_checksum: false }").FindAsync(string.Join(' ', [.. words[..11], wrong])));
    }

    [Fact]
    public async Task Switches_hold()
    {
        var twelve = string.Join(' ', PhraseOf("english", 12, seed: 1));
        var fifteen = string.Join(' ', PhraseOf("english", 15, seed: 1));

        Assert.Empty(await new OwnWorld([], "seed_phrase_detection: { enabled: false }").FindAsync(fifteen));
        Assert.Empty(await new OwnWorld([], "seed_phrase_detection: { min_words: 15 }").FindAsync(twelve));
        Assert.NotEmpty(await new OwnWorld([], "seed_phrase_detection: { min_words: 15 }").FindAsync(fifteen));
    }

    [Fact]
    public async Task Word_lists_and_tutorials_are_none()
    {
        var world = new OwnWorld([]);
        foreach (var language in s_languages)
        {
            Assert.Empty(await world.FindAsync(string.Join('\n', ListOf(language))));
        }

        Assert.Empty(await world.FindAsync(string.Join(' ', Enumerable.Repeat("test", 11)) + " junk"));
        Assert.Empty(await world.FindAsync(string.Join(' ', Enumerable.Repeat("abandon", 11)) + " about"));

        // Some of these pass the checksum by chance: one in sixteen does.
        for (var first = 1; first < 20; first++)
        {
            var words = string.Join(' ', [.. Enumerable.Repeat("hello", first), .. Enumerable.Repeat("world", 20)]);
            Assert.Empty(await world.FindAsync(words));
            Assert.Empty(await world.FindAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(words))));
            Assert.Empty(await world.FindAsync(string.Join(' ', Enumerable.Repeat("hello world zoo", 4 + first))));
        }
    }

    [Fact]
    public void The_longest_words_and_the_whole_lists_fit_the_table()
    {
        foreach (var language in s_languages)
        {
            var words = ListOf(language);
            Assert.Equal(SeedWords.PerLanguage, words.Distinct().Count());
            var slots = words.Select(static word => SeedWords.All.Find(Encoding.UTF8.GetBytes(word))).ToArray();
            Assert.DoesNotContain(-1, slots);
            Assert.Equal(Enumerable.Range(0, SeedWords.PerLanguage), slots.Select(slot => SeedWords.All.IndexOf(slot, Array.IndexOf(s_languages, language))));
        }
    }

    [Fact]
    public void A_flood_of_listed_words_stays_in_proportion()
    {
        var detector = new SeedPhraseDetector(12, verifyChecksum: true);
        var random = new Random(4);
        var list = ListOf("english");
        var flood = Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Range(0, 20_000).Select(_ => list[random.Next(list.Length)])));
        var hits = new HitList();

        detector.Detect(new Postern.Engine.Views.View(flood, default, Postern.Engine.Flow.PartKind.Body, Postern.Engine.Flow.Direction.Outbound), hits);

        Assert.InRange(hits.Count, 1, HitList.MaxHits);
    }

    /// <summary>A valid phrase: the last word is searched for.</summary>
    private static string[] PhraseOf(string language, int count, int seed)
    {
        var random = new Random(seed);
        var list = ListOf(language);
        var words = Enumerable.Range(0, count - 1).Select(_ => list[random.Next(list.Length)]).ToArray();
        return [.. words, list.First(word => HasChecksum(language, [.. words, word]))];
    }

    private static bool IsPhrase(string[] words) => HasChecksum("english", words);

    private static bool HasChecksum(string language, string[] words) =>
        SeedPhrase.HasChecksum([.. words.Select(word => Array.IndexOf(ListOf(language), word))]);

    private static string[] ListOf(string language)
    {
        using var stream = typeof(SeedWords).Assembly.GetManifestResourceStream($"Postern.words.{language}.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void The_arithmetic_is_that_of_the_published_vectors()
    {
        // BIP-39 test vectors: 16 bytes of 0x7f, and 32 bytes of 0x80.
        string[] first = ["legal", "winner", "thank", "year", "wave", "sausage", "worth", "useful", "legal", "winner", "thank", "yellow"];
        string[] second =
        [
            "letter", "advice", "cage", "absurd", "amount", "doctor", "acoustic", "avoid", "letter", "advice", "cage", "absurd",
            "amount", "doctor", "acoustic", "avoid", "letter", "advice", "cage", "absurd", "amount", "doctor", "acoustic", "bless",
        ];

        Assert.True(IsPhrase(first));
        Assert.True(IsPhrase(second));
        Assert.False(IsPhrase([.. first[..11], "zoo"]));
    }
}
