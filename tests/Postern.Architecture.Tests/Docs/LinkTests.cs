using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Docs;

public sealed class LinkTests
{
    [Fact]
    public void Every_relative_link_resolves() => Assert.Equal(
        [],
        Pages().SelectMany(page => Links.Dead(RepositoryRoot.Path, page, File.ReadAllText(RepositoryRoot.Resolve(page))).Select(target => $"{page}: {target}")));

    [Theory]
    [InlineData("[x](no-such-page.md)")]
    [InlineData("[x](no-such-page.md#part)")]
    [InlineData("[x](<no-such-page.md> \"title\")")]
    [InlineData("![x](images/none.svg)")]
    [InlineData("[x](../../outside.md)")]
    [InlineData("[x](/no-such-page.md)")]
    [InlineData("[x]: no-such-page.md")]
    [InlineData("<img src=\"none.svg\">")]
    public void Catches_a_dead_link(string markdown) => Assert.NotEmpty(Links.Dead(RepositoryRoot.Path, "docs/page.md", markdown));

    [Theory]
    [InlineData("[x](../Postern.slnx)")]
    [InlineData("[x](../src/Postern.Engine/)")]
    [InlineData("[x](/LICENSE)")]
    [InlineData("[x](https://example.org/none)")]
    [InlineData("[x](mailto:someone@example.org)")]
    [InlineData("[x](#part)")]
    [InlineData("`[x](none.md)`")]
    [InlineData("```\n[x](none.md)\n```")]
    public void What_resolves_or_is_no_link_passes(string markdown) => Assert.Equal([], Links.Dead(RepositoryRoot.Path, "docs/page.md", markdown));

    /// <summary>All pages; without the README, or without any page, this fails.</summary>
    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(RepositoryRoot.Resolve("docs"), "*.md", SearchOption.AllDirectories)
        .Append(RepositoryRoot.Resolve("README.md"))
        .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path));
}
