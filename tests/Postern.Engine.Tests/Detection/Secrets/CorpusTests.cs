using System.Text;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Tests.Detection.Rules;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Detection.Secrets;

/// <summary>The project's own specimens, written for it and live nowhere: what must be refused, and what looks like it and must pass.</summary>
public sealed class CorpusTests
{
    private const double LeastRecall = 0.98;
    private const double MostFalseAlarms = 0.01;
    private const int LeastRows = 240;

    [Fact]
    public async Task Nearly_all_secrets_are_refused()
    {
        var (rows, passed) = await RunAsync("positive.jsonl", expectRefusal: true);
        Assert.True(passed.Count <= rows * (1 - LeastRecall), string.Join("\n", passed));
    }

    [Fact]
    public async Task Nearly_all_look_alikes_pass()
    {
        var (rows, refused) = await RunAsync("negative.jsonl", expectRefusal: false);
        Assert.True(refused.Count <= rows * MostFalseAlarms, string.Join("\n", refused));
    }

    /// <summary>240 credentials of known formats and names in own syntaxes, made by a seeded program before any rule was tried on them.</summary>
    /// <param name="half">Rules may be tuned on the first half; the second is never looked into.</param>
    /// <param name="least">A little below what was measured.</param>
    [Theory]
    [InlineData("tuned", 0.94)]
    [InlineData("held", 0.93)]
    public async Task Credentials_that_no_rule_was_made_for_are_refused(string half, double least)
    {
        var (rows, passed) = await RunAsync("unseen.jsonl", expectRefusal: true, half);
        Assert.True(passed.Count <= rows * (1 - least), $"{passed.Count} of {rows} passed");
    }

    private static async Task<(int Rows, List<string> Wrong)> RunAsync(string file, bool expectRefusal, string? half = null)
    {
        var world = new TestWorld();
        var wrong = new List<string>();
        var lines = File.ReadAllLines(RuleFiles.InRepository("tests", "corpus", "secrets", file));
        Assert.InRange(lines.Length, LeastRows, int.MaxValue);
        var rows = 0;
        foreach (var line in lines)
        {
            using var row = JsonDocument.Parse(line);
            if (half is not null && row.RootElement.GetProperty("half").GetString() != half)
            {
                continue;
            }

            rows++;
            var text = TextOf(row.RootElement.GetProperty("text"));
            using var writer = new MessageWriter();
            writer.Body(Encoding.UTF8.GetBytes(text));
            var message = writer.Seal(new MessageFacts(MessageKind.Text, Direction.Outbound) { Whole = true });
            if (await world.RuleAsync(world.Exchange(), message) is not null != expectRefusal)
            {
                wrong.Add($"{row.RootElement.GetProperty("kind").GetString()}: {text}");
            }
        }

        return (rows, wrong);
    }

    /// <summary>A text, or its pieces: a file must not look like a leak to other scanners.</summary>
    private static string TextOf(JsonElement text) =>
        text.ValueKind == JsonValueKind.Array ? string.Concat(text.EnumerateArray().Select(piece => piece.GetString())) : text.GetString()!;
}
