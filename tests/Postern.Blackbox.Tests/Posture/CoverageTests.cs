namespace Postern.Blackbox.Tests.Posture;

/// <summary>What docs/coverage claims rests on scenarios and tests that exist. <c>POSTERN_UPDATE_DOCS=1</c> rewrites the pages.</summary>
public sealed class CoverageTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    public static TheoryData<string> Frameworks => ["owasp-mcp", "owasp-agentic", "owasp-llm", "mitre-atlas", "mitre-attack", "nist-800-53", "eu-ai-act", "soc2"];

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task The_page_is_what_the_program_says(string framework)
    {
        var page = (await _postern.RunAsync("assess", "coverage", framework)).Output;
        var path = Path.Combine(PosternProcess.Root, "docs", "coverage", framework + ".md");
        if (Environment.GetEnvironmentVariable("POSTERN_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, page, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), page);
    }

    [Fact]
    public async Task Every_claim_has_a_ground_that_exists()
    {
        var scenarios = Directory.EnumerateFiles(Path.Combine(PosternProcess.Root, "src", "Postern", "Posture", "Scenarios")).SelectMany(File.ReadLines)
            .Where(static line => line.StartsWith("  - id: ", StringComparison.Ordinal)).Select(static line => line["  - id: ".Length..]).Append("canary.*").ToList();
        var tests = Directory.EnumerateFiles(Path.Combine(PosternProcess.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        foreach (var framework in Frameworks)
        {
            var rows = (await _postern.RunAsync("assess", "coverage", framework)).Output.Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1);
            Assert.All(rows, row =>
            {
                var cells = row.Split('|', StringSplitOptions.TrimEntries);
                var grounds = cells[4].Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(static ground => ground.Trim('`')).ToList();
                Assert.Contains(cells[3], (string[])["covered", "partly", "not"]);
                Assert.Equal(cells[3] == "not", grounds.Count == 0);
                Assert.All(grounds, ground => Assert.True(tests.Contains(ground) || scenarios.Exists(id => id == ground || (ground.EndsWith(".*", StringComparison.Ordinal) && id.StartsWith(ground[..^1], StringComparison.Ordinal))), ground));
            });
        }
    }

    public void Dispose() => _postern.Dispose();
}
