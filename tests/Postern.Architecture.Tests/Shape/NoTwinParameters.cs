using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Shape;

/// <summary>Two public parameters of one primitive type in a row can be swapped unnoticed: a missing type.</summary>
/// <remarks>A record's positional parameters are exempt: they name its fields.</remarks>
internal sealed class NoTwinParameters : ISourceCheck
{
    private static readonly HashSet<string> s_primitives =
    [
        "string", "bool", "int", "long", "short", "byte", "sbyte", "uint", "ulong", "ushort", "double", "float", "decimal", "char", "nint", "nuint",
    ];

    public IEnumerable<Violation> Look(SourceFile file) => file.Root.DescendantNodes().OfType<BaseParameterListSyntax>()
        .Where(list => list.Parent is { } owner and not RecordDeclarationSyntax && IsPublic(owner))
        .SelectMany(list => list.Parameters.Zip(list.Parameters.Skip(1)))
        .Where(pair => pair.First.Type is { } first && pair.Second.Type is { } second && IsTwin(first, second))
        .Select(pair => file.At(pair.First, $"'{pair.First}' and '{pair.Second}' can be swapped unnoticed"));

    private static bool IsTwin(TypeSyntax first, TypeSyntax second) =>
        TypeNames.Last(first) is var name && s_primitives.Contains(name) && TypeNames.Last(second) == name;

    // Public all the way out; a member of an interface is as public as the interface.
    private static bool IsPublic(SyntaxNode owner) => owner.AncestorsAndSelf().OfType<MemberDeclarationSyntax>()
        .Where(member => member is not BaseNamespaceDeclarationSyntax)
        .All(member => member.Modifiers.Any(SyntaxKind.PublicKeyword) || member.Parent is InterfaceDeclarationSyntax)
        && owner is MemberDeclarationSyntax;
}
