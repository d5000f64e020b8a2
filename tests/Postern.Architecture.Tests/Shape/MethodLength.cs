using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Shape;

/// <summary>No method, accessor, local function or top-level program is longer than 80 lines, signature and braces included.</summary>
internal sealed class MethodLength : ISourceCheck
{
    public const int MaxLines = 80;

    public IEnumerable<Violation> Look(SourceFile file) => file.Root.DescendantNodes()
        .Where(IsMethod)
        .Select(node => (node, lines: LinesFrom(Start(node), node)))
        .Append((node: file.Root, lines: TopLevelLines(file.Root)))
        .Where(method => method.lines > MaxLines)
        .Select(method => file.At(method.node, $"{method.lines} lines; a method has at most {MaxLines}"));

    private static bool IsMethod(SyntaxNode node) => node
        is BaseMethodDeclarationSyntax
        or AccessorDeclarationSyntax
        or LocalFunctionStatementSyntax
        or PropertyDeclarationSyntax { ExpressionBody: not null }
        or IndexerDeclarationSyntax { ExpressionBody: not null };

    private static int TopLevelLines(CompilationUnitSyntax root)
    {
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToList();
        return statements.Count == 0 ? 0 : LinesFrom(statements[0].GetFirstToken(), statements[^1]);
    }

    // Attributes are data about the method, not the method.
    private static SyntaxToken Start(SyntaxNode node)
    {
        var attributes = node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
        return attributes is null ? node.GetFirstToken() : attributes.GetLastToken().GetNextToken();
    }

    private static int LinesFrom(SyntaxToken start, SyntaxNode end) =>
        end.GetLocation().GetLineSpan().EndLinePosition.Line - start.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
