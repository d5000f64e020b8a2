using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>Control surfaces and telemetry sinks may write as they like, because they never hold anything that crosses.</summary>
internal sealed class OutsidersHoldNoMessage : ISourceCheck
{
    public IEnumerable<Violation> Look(SourceFile file) => !Territory.IsOutsider(file)
        ? []
        : file.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.Text is "Message" or "Part" or "View" or "Cleared" && NamesType(name))
            .Select(name => file.At(name, $"names {name.Identifier.Text}; what stands outside the checkpoint holds nothing that crosses it"));

    // exception.Message is a property; Message.Parse, new Message and (Message)x name the type.
    private static bool NamesType(IdentifierNameSyntax name) =>
        SyntaxFacts.IsInNamespaceOrTypeContext(name)
        || name.Parent is MemberAccessExpressionSyntax access && access.Expression == name
        || name.Parent is ConstantPatternSyntax;
}
