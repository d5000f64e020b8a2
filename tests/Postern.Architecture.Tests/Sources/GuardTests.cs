using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit.Sdk;

namespace Postern.Architecture.Tests.Sources;

public sealed class GuardTests
{
    private static readonly SourceFile[] s_planted = [new("src/A.cs", "class A { void Bad() { } void Good() { } }")];

    [Fact]
    public void The_tree_is_not_empty()
    {
        Assert.True(SourceTree.Product.Count > 20);
        Assert.Contains(SourceTree.Everything, file => file.Name == nameof(GuardTests));
        Assert.DoesNotContain(SourceTree.Everything, file => file.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_the_place_of_a_violation() =>
        Assert.Contains("src/A.cs:1: bad", Assert.ThrowsAny<XunitException>(() => Guard.Holds(new NoBad(), s_planted)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Bad")]
    public void An_allowance_covers_a_file_or_one_member(string member) =>
        Guard.Holds(new NoBad(), s_planted, new Allowance("src/A.cs", member, "planted"));

    [Fact]
    public void An_allowance_for_another_member_covers_nothing() =>
        Assert.ThrowsAny<XunitException>(() => Guard.Holds(new NoBad(), s_planted, new Allowance("src/A.cs", "Good", "planted")));

    [Fact]
    public void An_allowance_that_nothing_needs_fails() =>
        Assert.ThrowsAny<XunitException>(() => Guard.Holds(
            new NoBad(),
            s_planted,
            new Allowance("src/A.cs", "Bad", "planted"),
            new Allowance("src/A.cs", "Good", "planted")));

    [Fact]
    public void An_allowance_without_a_reason_fails() =>
        Assert.ThrowsAny<XunitException>(() => Guard.Holds(new NoBad(), s_planted, new Allowance("src/A.cs", "Bad", " ")));

    [Fact]
    public void Planted_code_must_parse() =>
        Assert.ThrowsAny<XunitException>(() => Guard.Catches(new NoBad(), "src/A.cs", "class {"));

    private sealed class NoBad : ISourceCheck
    {
        public IEnumerable<Violation> Look(SourceFile file) => file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => method.Identifier.Text == "Bad").Select(method => file.At(method, "bad"));
    }
}
