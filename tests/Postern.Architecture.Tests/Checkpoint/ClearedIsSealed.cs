using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>
/// <c>Cleared</c> is a sealed class, not a record or struct (<c>with</c> and <c>default</c> would forge one),
/// and every constructor it has is written down and not public.
/// </summary>
internal sealed class ClearedIsSealed : ISourceCheck
{
    public IEnumerable<Violation> Look(SourceFile file) => file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        .Where(type => type.Identifier.Text == "Cleared" && !IsSealed(type))
        .Select(type => file.At(type.Identifier, "Cleared must be a sealed class whose constructors are internal or private"));

    private static bool IsSealed(BaseTypeDeclarationSyntax type)
    {
        if (type is not ClassDeclarationSyntax { ParameterList: null } shape || !type.Modifiers.Any(SyntaxKind.SealedKeyword))
        {
            return false;
        }

        var constructors = shape.Members.OfType<ConstructorDeclarationSyntax>().Where(made => !made.Modifiers.Any(SyntaxKind.StaticKeyword)).ToList();
        return constructors.Count > 0 && !constructors.Any(made => made.Modifiers.Any(SyntaxKind.PublicKeyword));
    }
}
