using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Docs;

/// <summary>Numbers that the README and the pages say in words are those of what they count.</summary>
public sealed class CountedTests
{
    [Fact]
    public void Hosts_are_those_of_the_table()
    {
        Says("README.md", "Claude Code, Cursor, VS Code, Codex and seven more");
        Assert.Equal(11, Lines("docs/hosts.md").Count(static line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("README.md", "mapped to eight frameworks", "src/Postern/Posture/Frameworks", "*.yaml", 8)]
    [InlineData("docs/threat-model.md", "maps all this to eight frameworks", "docs/coverage", "*.md", 8)]
    [InlineData("docs/peers.md", "English and nineteen other languages", "rules/injection", "lang-*.yaml", 19)]
    public void Files_are_as_many_as_said(string page, string words, string folder, string files, int count)
    {
        Says(page, words);
        Assert.Equal(count, Directory.GetFiles(RepositoryRoot.Resolve(folder), files).Length);
    }

    [Fact]
    public void The_scenarios_are_a_hundred()
    {
        Says("README.md", "attacks your own configuration a hundred times");
        Assert.InRange(Directory.EnumerateFiles(RepositoryRoot.Resolve("src/Postern/Posture/Scenarios")).SelectMany(File.ReadLines).Count(static line => line.StartsWith("  - id: ", StringComparison.Ordinal)), 95, 110);
    }

    [Fact]
    public void Pictures_are_small() =>
        Assert.All(Directory.GetFiles(RepositoryRoot.Resolve("docs/pictures")), static picture => Assert.InRange(new FileInfo(picture).Length, 1, 200 * 1024));

    private static void Says(string page, string words) => Assert.Contains(words, string.Join(' ', Lines(page)), StringComparison.Ordinal);

    private static string[] Lines(string path) => File.ReadAllLines(RepositoryRoot.Resolve(path));
}
