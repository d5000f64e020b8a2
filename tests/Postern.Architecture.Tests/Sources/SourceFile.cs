using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Postern.Architecture.Tests.Sources;

/// <summary>One hand-written C# file, parsed.</summary>
internal sealed class SourceFile
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview, DocumentationMode.None);

    public SourceFile(string path, string code)
    {
        Path = path;
        var tree = CSharpSyntaxTree.ParseText(code, s_options, path);
        Root = tree.GetCompilationUnitRoot();
        Lines = tree.GetText().Lines.Count;
    }

    /// <summary>From the repository root, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The syntax; a file that does not parse would not build either.</summary>
    public CompilationUnitSyntax Root { get; }

    /// <summary>How many lines the file has.</summary>
    public int Lines { get; }

    /// <summary>The last segment of the path, without ".cs".</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>True when the file lies below <paramref name="folder"/>, for example <c>src/Postern.Engine</c>.</summary>
    public bool IsIn(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>A violation at <paramref name="node"/>.</summary>
    public Violation At(SyntaxNode node, string what) => At(node.GetLocation(), MemberOf(node), what);

    /// <summary>A violation at <paramref name="token"/>.</summary>
    public Violation At(SyntaxToken token, string what) => At(token.GetLocation(), MemberOf(token.Parent), what);

    /// <summary>A violation of the file as a whole.</summary>
    public Violation AtTop(string what) => new(Path, 1, "", what);

    private Violation At(Location location, string member, string what) =>
        new(Path, location.GetLineSpan().StartLinePosition.Line + 1, member, what);

    private static string MemberOf(SyntaxNode? node) =>
        node?.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault() switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            IndexerDeclarationSyntax => "this",
            _ => "",
        };
}
