using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>An exchange names its transport in place, and that name has a row in the table of the conformance suite.</summary>
/// <param name="table">The names that the table has.</param>
internal sealed class EveryTransportConforms(IReadOnlySet<string> table) : ISourceCheck
{
    /// <summary>Where exchanges of agents are made, of names that are given in place where it is called.</summary>
    private const string Maker = "src/Postern.Transports/Http/Callers.cs";

    private const string Call = "BeginExchange";

    public IEnumerable<Violation> Look(SourceFile file) => !file.IsIn("src")
        ? []
        : file.Root.DescendantNodes().Where(node => !IsNamed(file, node)).Select(node => file.At(node, "begins an exchange under a name that the conformance suite has no row for"));

    private bool IsNamed(SourceFile file, SyntaxNode node) => node switch
    {
        BaseObjectCreationExpressionSyntax creation => !IsExchange(creation) || file.Path == Maker || Named(creation.ArgumentList?.Arguments.ElementAtOrDefault(1)),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: Call } } call => Named(call.ArgumentList.Arguments.FirstOrDefault()),
        _ => true,
    };

    private static bool IsExchange(BaseObjectCreationExpressionSyntax creation) => creation switch
    {
        ObjectCreationExpressionSyntax typed => TypeNames.Last(typed.Type) == "Exchange",

        // A bare new() of three arguments stands for one where a declaration around it says so.
        _ => creation.Ancestors().Any(Declares),
    };

    private static bool Declares(SyntaxNode node) => node switch
    {
        VariableDeclarationSyntax variable => TypeNames.Last(variable.Type) == "Exchange",
        PropertyDeclarationSyntax property => TypeNames.Last(property.Type) == "Exchange",
        _ => false,
    };

    private bool Named(ArgumentSyntax? name) =>
        name?.Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) && table.Contains(literal.Token.ValueText);
}
