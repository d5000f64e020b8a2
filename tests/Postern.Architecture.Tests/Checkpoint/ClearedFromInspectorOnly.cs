using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>Only the inspector makes a <c>Cleared</c>, by any syntactic way there is to make one.</summary>
internal sealed class ClearedFromInspectorOnly : ISourceCheck
{
    private const string Inspector = "src/Postern.Engine/Inspection/Inspector.cs";
    private const string Cleared = "Cleared";

    public IEnumerable<Violation> Look(SourceFile file) =>
        file.Path == Inspector ? [] : file.Root.DescendantNodes().Where(Makes).Select(node => file.At(node, "makes a Cleared; only the inspector may"));

    private static bool Makes(SyntaxNode node) => node switch
    {
        ObjectCreationExpressionSyntax creation => TypeNames.Last(creation.Type) == Cleared,
        ImplicitObjectCreationExpressionSyntax creation => TypeNames.Mentions(TargetOf(creation), Cleared),

        // Reflection and uninitialised objects go through the type itself; a generic factory names it as its argument.
        TypeOfExpressionSyntax type => TypeNames.Last(type.Type) == Cleared,
        GenericNameSyntax generic => IsFactory(generic) && generic.TypeArgumentList.Arguments.Any(argument => TypeNames.Last(argument) == Cleared),
        BaseTypeSyntax parent => TypeNames.Last(parent.Type) == Cleared,
        WithExpressionSyntax copy => TypeNames.Last(copy.Expression) is Cleared or "cleared",
        UsingDirectiveSyntax { Alias: not null } alias => TypeNames.Last(alias.NamespaceOrType) == Cleared,
        _ => false,
    };

    private static bool IsFactory(GenericNameSyntax generic) => generic.Identifier.Text is "CreateInstance" or "As" or "Read";

    // What a bare new() is converted to, when a declaration nearby says so.
    private static TypeSyntax? TargetOf(ImplicitObjectCreationExpressionSyntax creation) => creation.Ancestors().Select(DeclaredType).FirstOrDefault(type => type is not null);

    private static TypeSyntax? DeclaredType(SyntaxNode node) => node switch
    {
        VariableDeclarationSyntax { Type.IsVar: false } variable => variable.Type,
        PropertyDeclarationSyntax property => property.Type,
        IndexerDeclarationSyntax indexer => indexer.Type,
        MethodDeclarationSyntax method => method.ReturnType,
        LocalFunctionStatementSyntax function => function.ReturnType,
        ConversionOperatorDeclarationSyntax conversion => conversion.Type,
        OperatorDeclarationSyntax operation => operation.ReturnType,
        _ => null,
    };
}
