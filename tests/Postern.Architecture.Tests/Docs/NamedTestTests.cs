using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Docs;

/// <summary>A page that says which test holds something names one that exists.</summary>
public sealed class NamedTestTests
{
    private static readonly Dictionary<string, string> s_sources = new() { ["HaltTests"] = "public async Task Halt_ends_it() => x;" };

    [Fact]
    public void Every_test_that_a_page_names_exists()
    {
        var sources = Directory.EnumerateFiles(RepositoryRoot.Resolve("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(static file => Path.GetFileNameWithoutExtension(file)).ToDictionary(static files => files.Key, static files => string.Concat(files.Select(File.ReadAllText)));
        var tests = new NamedTests(sources);
        var pages = Directory.EnumerateFiles(RepositoryRoot.Resolve("docs"), "*.md", SearchOption.AllDirectories).Append(RepositoryRoot.Resolve("README.md")).Append(RepositoryRoot.Resolve("rules/README.md"));
        Assert.Equal([], pages.SelectMany(page => tests.Missing(File.ReadAllText(page)).Select(name => $"{Path.GetFileName(page)}: {name}")));
    }

    [Theory]
    [InlineData("`NoSuchTests`")]
    [InlineData("held by `HaltTests.Halt_never_was`")]
    public void Catches_a_test_that_is_not_there(string markdown) => Assert.Single(new NamedTests(s_sources).Missing(markdown));

    [Theory]
    [InlineData("`HaltTests`, `HaltTests.Halt_ends_it`")]
    [InlineData("tests of a kind, `tests/Postern.Engine.Tests`")]
    public void What_is_there_or_names_no_test_passes(string markdown) => Assert.Empty(new NamedTests(s_sources).Missing(markdown));
}
