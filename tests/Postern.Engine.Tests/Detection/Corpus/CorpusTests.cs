using System.Globalization;
using Postern.Corpus;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Tests.Detection.Corpus;

/// <summary>The phrase rules on texts of 20 languages. The held half has other frames and words, and nothing is trained on it.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const int LeastTextsPerLabel = 200;
    private static readonly CorpusScanner s_scanner = new();

    public static TheoryData<string> Languages => [.. CorpusFiles.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_file_is_what_its_seed_gives(string language)
    {
        var seed = SeedFile.Read(Path.Combine(CorpusFiles.Directory, "seeds", language + ".txt"));
        Assert.Equal(CorpusWriter.Texts(seed).Select(t => t.ToJson()), File.ReadLines(Path.Combine(CorpusFiles.Directory, language + ".jsonl")));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void There_are_enough_texts_and_no_text_stands_in_both_halves(string language)
    {
        var rows = CorpusFiles.Read(language);
        Assert.All(rows.GroupBy(r => r.Label), g => Assert.True(g.Count() >= LeastTextsPerLabel, $"{g.Key} {g.Count()}"));
        var held = rows.Where(r => r.Half == "held").Select(r => r.Text).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(rows, r => r.Half == "train" && held.Contains(r.Text));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_innocent_text_is_refused_by_a_rule_of_its_language(string language)
    {
        var refused = CorpusFiles.Read(language).Where(r => !r.IsAttack)
            .SelectMany(r => s_scanner.Refusals(r.Text).Where(rule => rule != RuleCatalogue.LearnedInjection.Id && (language != "en" || !IsEnglish(rule))).Select(rule => $"{r.Id} {rule}"));
        Assert.Empty(refused);
    }

    /// <summary>All of them are full of the words that attacks are made of.</summary>
    [Fact]
    public void The_model_refuses_no_more_than_one_innocent_text_in_two_hundred()
    {
        var innocent = Languages.SelectMany(static row => CorpusFiles.Read(row.Data)).Where(static r => !r.IsAttack).ToList();

        Assert.InRange(innocent.Count(static r => s_scanner.Refusals(r.Text).Contains(RuleCatalogue.LearnedInjection.Id)), 0, innocent.Count / 200);
    }

    /// <summary>Floors below what was measured, so that a change which loses a rule is seen; English has its own rules and its own table.</summary>
    [Theory]
    [InlineData("ar", 97)]
    [InlineData("de", 96, 4)]
    [InlineData("es", 94, 2)]
    [InlineData("fa", 96)]
    [InlineData("fr", 93, 1)]
    [InlineData("hi", 92)]
    [InlineData("id", 97)]
    [InlineData("it", 97, 5)]
    [InlineData("ja", 94, 14)]
    [InlineData("ko", 92, 16)]
    [InlineData("nl", 97, 1)]
    [InlineData("pl", 94, 2)]
    [InlineData("pt", 97, 4)]
    [InlineData("ru", 97, 4)]
    [InlineData("th", 93)]
    [InlineData("tr", 97, 3)]
    [InlineData("uk", 97, 2)]
    [InlineData("vi", 97, 2)]
    [InlineData("zh", 90, 16)]
    public void Attacks_are_refused(string language, int train, int held = 0)
    {
        var rows = CorpusFiles.Read(language).Where(r => r.IsAttack).ToLookup(r => r.Half);
        var (found, foundHeld) = (Recall(rows["train"]), Recall(rows["held"]));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{language} | {found:F1} | {foundHeld:F1} |"));
        foreach (var row in rows["train"].Where(r => s_scanner.Refusals(r.Text).Length == 0))
        {
            output.WriteLine($"  missed {row.Id} {row.Family}: {row.Text}");
        }

        Assert.True(found >= train && foundHeld >= held, $"{found} {foundHeld}");
    }

    private static bool IsEnglish(string rule) => rule.Split('.')[1].Length > 2;

    private static double Recall(IEnumerable<CorpusRow> rows) => 100 * rows.Average(r => s_scanner.Refusals(r.Text).Length > 0 ? 1.0 : 0.0);
}
