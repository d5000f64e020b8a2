using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>An exchange names its transport in place, and that name has a row in the table of the conformance suite.</summary>
/// <param name="table">The names that the table has.</param>
internal sealed class EveryTransportConforms(IReadOnlySet<string> table) : ISourceCheck
{
    public IEnumerable<Violation> Look(SourceFile file) => !file.IsIn("src")
        ? []
        : file.Root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().Where(IsExchange)
            .Where(creation => !Named(creation)).Select(creation => file.At(creation, "begins an exchange under a name that the conformance suite has no row for"));

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

    private bool Named(BaseObjectCreationExpressionSyntax creation) =>
        creation.ArgumentList is { Arguments: [_, { Expression: LiteralExpressionSyntax literal }, ..] }
        && literal.IsKind(SyntaxKind.StringLiteralExpression) && table.Contains(literal.Token.ValueText);
}
