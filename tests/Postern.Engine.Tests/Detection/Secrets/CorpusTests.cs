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
    private const int LeastRows = 300;

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

    private static async Task<(int Rows, List<string> Wrong)> RunAsync(string file, bool expectRefusal)
    {
        var world = new TestWorld();
        var wrong = new List<string>();
        var lines = File.ReadAllLines(RuleFiles.InRepository("tests", "corpus", "secrets", file));
        Assert.InRange(lines.Length, LeastRows, int.MaxValue);
        foreach (var line in lines)
        {
            using var row = JsonDocument.Parse(line);
            var text = row.RootElement.GetProperty("text").GetString()!;
            using var writer = new MessageWriter();
            writer.Body(Encoding.UTF8.GetBytes(text));
            var message = writer.Seal(new MessageFacts(MessageKind.Text, Direction.Outbound) { Whole = true });
            if (await world.RuleAsync(world.Exchange(), message) is not null != expectRefusal)
            {
                wrong.Add($"{row.RootElement.GetProperty("kind").GetString()}: {text}");
            }
        }

        return (lines.Length, wrong);
    }
}
