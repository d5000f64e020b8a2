using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Postern.Architecture.Tests.Shape;

/// <summary>The name a type declaration gives.</summary>
internal static class DeclaredNames
{
    /// <summary>The identifier of a type or delegate, without its type parameters.</summary>
    public static SyntaxToken Of(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declaration => declaration.Identifier,
        DelegateDeclarationSyntax declaration => declaration.Identifier,
        _ => throw new ArgumentException("Not a type declaration: " + type.GetType().Name, nameof(type)),
    };

    /// <summary>True for declarations that <see cref="Of"/> can name; an extension block declares no name of its own.</summary>
    public static bool IsNamed(SyntaxNode node) => node is DelegateDeclarationSyntax or BaseTypeDeclarationSyntax { Identifier.Text.Length: > 0 };
}
