using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Shape;

/// <summary>At most six parameters.</summary>
/// <remarks>
/// Exempt: a record's positional parameters, which name its fields; the constructors of the composition root, whose work is to
/// know everything; foreign functions, whose signature the kernel or a library wrote.
/// </remarks>
internal sealed class ParameterCount : ISourceCheck
{
    public const int Max = 6;

    private const string CompositionRoot = "src/Postern/Composition.cs";

    public IEnumerable<Violation> Look(SourceFile file) => file.Root.DescendantNodes().OfType<BaseParameterListSyntax>()
        .Where(list => list.Parameters.Count > Max && list.Parent is { } owner && !IsExempt(owner, file))
        .Select(list => file.At(list, $"{list.Parameters.Count} parameters; at most {Max}"));

    private static bool IsExempt(SyntaxNode owner, SourceFile file) => owner switch
    {
        RecordDeclarationSyntax => true,
        ConstructorDeclarationSyntax or TypeDeclarationSyntax => file.Path == CompositionRoot,
        MethodDeclarationSyntax method => method.AttributeLists.SelectMany(list => list.Attributes)
            .Any(attribute => TypeNames.Last(attribute.Name) is "LibraryImport" or "DllImport"),
        _ => false,
    };
}
