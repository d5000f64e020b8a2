using System.Globalization;

namespace Postern.Engine.Tests.Detection.Corpus;

/// <summary>The phrase rules on texts of 19 languages; the held half was written apart from the rules and is never trained on.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private static readonly CorpusScanner s_scanner = new();

    public static TheoryData<string> Languages => [.. CorpusFiles.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_innocent_text_is_refused(string language)
    {
        var refused = CorpusFiles.Read(language).Where(r => !r.IsAttack)
            .SelectMany(r => s_scanner.Refusals(r.Text).Select(rule => $"{r.Id} {rule}: {r.Text}"));
        Assert.Empty(refused);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Attacks_are_refused(string language)
    {
        var attacks = CorpusFiles.Read(language).Where(r => r.IsAttack).ToLookup(r => r.Half);
        var (train, held) = (Recall(attacks["train"]), Recall(attacks["held"]));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{language} | {train:F1} | {held:F1} |"));
        if (Environment.GetEnvironmentVariable("POSTERN_SHOW_MISSES") is { Length: > 0 } half)
        {
            foreach (var row in attacks[half].Where(r => s_scanner.Refusals(r.Text).Length == 0))
            {
                output.WriteLine($"  missed {row.Id} {row.Family}: {row.Text}");
            }
        }

        Assert.True(train > 0 && held >= 0);
    }

    private static double Recall(IEnumerable<CorpusRow> rows) => 100 * rows.Average(r => s_scanner.Refusals(r.Text).Length > 0 ? 1.0 : 0.0);
}
