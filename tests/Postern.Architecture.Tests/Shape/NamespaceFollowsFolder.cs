using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Shape;

/// <summary>A file's namespace is its project's root namespace and its folder, declared file-scoped.</summary>
internal sealed class NamespaceFollowsFolder : ISourceCheck
{
    // The only project whose root namespace is not its name: a namespace called Postern.Postern would be worse.
    private const string Program = "src/Postern";

    public IEnumerable<Violation> Look(SourceFile file)
    {
        var expected = Expected(file);
        foreach (var declared in file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        {
            if (declared is NamespaceDeclarationSyntax || declared.Name.ToString() != expected)
            {
                yield return file.At(declared.Name, $"expected file-scoped namespace {expected}");
            }
        }

        foreach (var type in file.Root.Members.Where(DeclaredNames.IsNamed))
        {
            yield return file.At(type, $"a type outside namespace {expected}");
        }
    }

    private static string Expected(SourceFile file)
    {
        var segments = file.Path.Split('/');
        var root = string.Join('/', segments[..2]) switch
        {
            Program => "Postern.Program",
            "tests/Needs" => "Postern.Needs",
            _ => segments[1],
        };
        return string.Join('.', segments[2..^1].Prepend(root));
    }
}
