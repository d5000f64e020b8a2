using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Confinement;

/// <summary>
/// Exceptions are caught by name. A catch-all swallows bugs; where one stands, it turns into a refusal. One that cleans up and
/// ends with <c>throw;</c> swallows nothing.
/// </summary>
internal sealed class CatchAllConfined : ISourceCheck
{
    public IEnumerable<Violation> Look(SourceFile file) => file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
        .Where(IsCatchAll)
        .Select(clause => file.At(clause.CatchKeyword, "catches everything; catch by name, or add the place with its reason"));

    private static bool IsCatchAll(CatchClauseSyntax clause) =>
        IsEverything(clause.Declaration) && !Rethrows(clause) && (clause.Filter is null || clause.Filter.FilterExpression.IsKind(SyntaxKind.TrueLiteralExpression));

    private static bool Rethrows(CatchClauseSyntax clause) =>
        clause.Block.Statements.LastOrDefault() is ThrowStatementSyntax { Expression: null };

    private static bool IsEverything(CatchDeclarationSyntax? declaration) =>
        declaration is null || TypeNames.Last(declaration.Type) is "Exception" or "SystemException";
}
