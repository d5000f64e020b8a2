using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

public sealed class EveryTransportConformsTests
{
    private const string Table = "tests/Postern.Transports.Tests/Conformance/Transports.cs";
    private static readonly HashSet<string> s_rows = Rows();
    private static readonly EveryTransportConforms s_check = new(s_rows);

    private static readonly Allowance[] s_allowed =
    [
        new("src/Postern.Engine/Capturing/Capture.cs", "MakeExchange", "A conversation of the past, under the name that it had; nothing is released in it."),
        new("src/Postern/Offline.cs", "JudgeAsync", "It judges, and nothing leaves."),
    ];

    [Fact]
    public void Every_exchange_has_a_row_in_the_conformance_suite() => Guard.Holds(s_check, SourceTree.Product, s_allowed);

    [Fact]
    public void Every_row_has_an_exchange_in_the_product()
    {
        var literals = SourceTree.Product.SelectMany(file => file.Root.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.StringLiteralToken))
            .Select(token => token.ValueText).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(s_rows);
        Assert.Subset(literals, s_rows);
    }

    [Theory]
    [InlineData("class X { Exchange Y() => new Exchange(a, \"carrier-pigeon\", p); }")]
    [InlineData("class X { Exchange _y = new(a, \"carrier-pigeon\", p); }")]
    [InlineData("class X { Exchange Y { get; } = new(a, \"carrier-pigeon\", p); }")]
    [InlineData("class X { Exchange Y(string name) => new Exchange(a, name, p); }")]
    [InlineData("class X { Exchange Y() => new Flow.Exchange(a, $\"fetch\", p); }")]
    [InlineData("class X { Exchange Y() => policies.BeginExchange(\"carrier-pigeon\", features); }")]
    [InlineData("class X { Exchange Y(string name) => Callers.BeginExchange(name, parts); }")]
    public void Catches_a_transport_without_a_row(string code) => Guard.Catches(s_check, "src/Postern.Transports/Http/X.cs", code);

    [Theory]
    [InlineData("class X { Exchange Y() => new Exchange(a, \"fetch\", p); }")]
    [InlineData("class X { Exchange _y = new(a, \"scan\", p); }")]
    [InlineData("class X { object Y() => new ProxyExchange(a, name, p); }")]
    [InlineData("class X { Exchange Y() => policies.BeginExchange(\"fetch\", features); }")]
    public void Passes_a_transport_with_a_row(string code) => Guard.Passes(s_check, "src/Postern.Transports/Http/X.cs", code);

    /// <summary>What stands behind name and capabilities in each row.</summary>
    private static HashSet<string> Rows() =>
        SourceTree.Everything.Single(file => file.Path == Table).Root.DescendantNodes().OfType<ImplicitObjectCreationExpressionSyntax>()
            .Where(row => row.ArgumentList.Arguments.Count > 2)
            .SelectMany(row => row.ArgumentList.Arguments.Skip(2))
            .Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>().Select(literal => literal.Token.ValueText)
            .ToHashSet(StringComparer.Ordinal);
}
