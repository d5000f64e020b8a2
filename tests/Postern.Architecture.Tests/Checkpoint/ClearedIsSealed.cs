using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>
/// <c>Cleared</c> is a sealed class or a readonly struct, never a record (<c>with</c> would forge one), and every constructor it
/// has is written down and not public. As a struct it has a default value: that it holds nothing, and that its copies share one
/// release, is held by <c>InspectorTests.A_message_is_released_once</c>.
/// </summary>
internal sealed class ClearedIsSealed : ISourceCheck
{
    public IEnumerable<Violation> Look(SourceFile file) => file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        .Where(type => type.Identifier.Text == "Cleared" && !IsSealed(type))
        .Select(type => file.At(type.Identifier, "Cleared must be a sealed class or a readonly struct whose constructors are internal or private"));

    private static bool IsSealed(BaseTypeDeclarationSyntax type)
    {
        if (type is not TypeDeclarationSyntax { ParameterList: null } shape || !IsClosed(shape))
        {
            return false;
        }

        var constructors = shape.Members.OfType<ConstructorDeclarationSyntax>().Where(made => !made.Modifiers.Any(SyntaxKind.StaticKeyword)).ToList();
        return constructors.Count > 0 && !constructors.Any(made => made.Modifiers.Any(SyntaxKind.PublicKeyword));
    }

    private static bool IsClosed(TypeDeclarationSyntax type) =>
        (type is ClassDeclarationSyntax && type.Modifiers.Any(SyntaxKind.SealedKeyword))
        || (type is StructDeclarationSyntax && type.Modifiers.Any(SyntaxKind.ReadOnlyKeyword));
}
