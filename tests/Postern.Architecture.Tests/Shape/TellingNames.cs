using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Shape;

/// <summary>No folder and no type is named, or ends in, a word that says nothing.</summary>
internal sealed class TellingNames : ISourceCheck
{
    private static readonly string[] s_empty = ["Common", "Shared", "Misc", "Manager", "Helper", "Helpers", "Util", "Utils", "Info", "Data", "Base", "Impl"];

    public IEnumerable<Violation> Look(SourceFile file)
    {
        foreach (var folder in file.Path.Split('/')[..^1].Where(SaysNothing))
        {
            yield return file.AtTop($"the folder {folder} says nothing");
        }

        foreach (var type in file.Root.DescendantNodes().Where(DeclaredNames.IsNamed).Cast<MemberDeclarationSyntax>())
        {
            if (DeclaredNames.Of(type) is var name && SaysNothing(name.Text))
            {
                yield return file.At(name, $"the name {name.Text} says nothing");
            }
        }
    }

    // "Database" and "Metadata" are words of their own; "UserData" and "CacheBase" end in one of ours.
    private static bool SaysNothing(string name) => Array.Exists(s_empty, word =>
        name.Equals(word, StringComparison.OrdinalIgnoreCase) || name.EndsWith(word, StringComparison.Ordinal));
}
