using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Confinement;

/// <summary>Unmanaged code stays in Postern.Sandbox. The project switches may be on elsewhere; this confines their use.</summary>
internal sealed class UnsafeConfined : ISourceCheck
{
    // The last four are other roads to native code, or into the process from it.
    private static readonly HashSet<string> s_names =
    [
        "DllImport", "DllImportAttribute", "LibraryImport", "LibraryImportAttribute",
        "NativeLibrary", "GetDelegateForFunctionPointer", "UnmanagedCallersOnly", "UnmanagedCallersOnlyAttribute",
    ];

    public IEnumerable<Violation> Look(SourceFile file) => file.IsIn("src/Postern.Sandbox")
        ? []
        : file.Root.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.UnsafeKeyword) || token.IsKind(SyntaxKind.IdentifierToken) && s_names.Contains(token.ValueText))
            .Select(token => file.At(token, $"{token.Text} belongs in Postern.Sandbox"));
}
