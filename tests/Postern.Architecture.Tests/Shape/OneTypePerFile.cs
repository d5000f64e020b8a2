using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Shape;

/// <summary>One top-level type per file, and the file bears its name. Nested and <c>file</c>-scoped types do not count.</summary>
internal sealed class OneTypePerFile : ISourceCheck
{
    public IEnumerable<Violation> Look(SourceFile file)
    {
        var types = TopLevel(file.Root).ToList();
        foreach (var surplus in types.Skip(1))
        {
            yield return file.At(surplus, "a second type in one file");
        }

        if (types.Count > 0 && DeclaredNames.Of(types[0]) is var name && name.Text != file.Name && !IsPiece(types[0], name.Text, file.Name))
        {
            yield return file.At(name, $"{name.Text} belongs in {name.Text}.cs");
        }
    }

    private static IEnumerable<MemberDeclarationSyntax> TopLevel(CompilationUnitSyntax root) => root
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(member => (member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax) && !member.Modifiers.Any(SyntaxKind.FileKeyword));

    // Type.Aspect.cs holds one piece of a partial type.
    private static bool IsPiece(MemberDeclarationSyntax type, string typeName, string fileName) =>
        type.Modifiers.Any(SyntaxKind.PartialKeyword) && fileName.StartsWith(typeName + ".", StringComparison.Ordinal);
}
