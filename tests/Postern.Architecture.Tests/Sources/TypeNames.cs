using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Postern.Architecture.Tests.Sources;

/// <summary>Reads names off syntax, however they are qualified.</summary>
internal static class TypeNames
{
    /// <summary>The last identifier of a name or access (<c>A.B.C</c>, <c>global::A.C</c>, <c>C?</c>, <c>x!.C</c>); empty when there is none.</summary>
    public static string Last(SyntaxNode? node) => node switch
    {
        SimpleNameSyntax simple => simple.Identifier.Text,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.Text,
        NullableTypeSyntax nullable => Last(nullable.ElementType),
        RefTypeSyntax reference => Last(reference.Type),
        ScopedTypeSyntax scoped => Last(scoped.Type),
        PredefinedTypeSyntax predefined => predefined.Keyword.Text,
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.Text,
        ConditionalAccessExpressionSyntax conditional => Last(conditional.WhenNotNull),
        ParenthesizedExpressionSyntax parenthesised => Last(parenthesised.Expression),
        PostfixUnaryExpressionSyntax forgiven => Last(forgiven.Operand),
        _ => "",
    };

    /// <summary>True when <paramref name="type"/> or one of its type arguments is called <paramref name="name"/>.</summary>
    public static bool Mentions(TypeSyntax? type, string name) =>
        type is not null && type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(part => part.Identifier.Text == name);
}
