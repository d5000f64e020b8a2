using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>Bytes are written to the other side by releases only.</summary>
/// <remarks>
/// Looks for: the body of a response; <c>SendAsync</c> and its kin by name (so a release's own methods are called something else);
/// a writing member of anything <see cref="Wires"/> knows; a copy into it; a writer wrapped around it; the console, in a transport.
/// </remarks>
internal sealed class RawWrites : ISourceCheck
{
    private static readonly HashSet<string> s_sendsByName = ["SendAsync", "SendToAsync", "SendPacketsAsync", "SendMessageToAsync"];

    private static readonly HashSet<string> s_writesOnWire =
    [
        "Write", "WriteAsync", "WriteByte", "WriteLine", "WriteLineAsync", "BeginWrite", "WriteAsJsonAsync",
        "Send", "SendTo", "SendFile", "BeginSend", "GetMemory", "GetSpan", "Advance", "AsStream",
    ];

    private static readonly HashSet<string> s_wrappers = ["StreamWriter", "BinaryWriter", "Utf8JsonWriter", "BufferedStream"];

    public IEnumerable<Violation> Look(SourceFile file)
    {
        if (Territory.IsRelease(file) || Territory.IsOutsider(file))
        {
            return [];
        }

        var wires = new Wires(file);
        var inTransports = file.IsIn(Territory.Transports);
        return file.Root.DescendantNodes()
            .Where(node => IsWrite(node, wires) || inTransports && IsConsole(node))
            .Select(node => file.At(node, $"'{Shorten(node)}' writes to the other side; only a *Release.cs of Postern.Transports may"));
    }

    private static bool IsWrite(SyntaxNode node, Wires wires) => node switch
    {
        MemberAccessExpressionSyntax access => IsWriting(access.Expression, access.Name.Identifier.Text, wires),
        MemberBindingExpressionSyntax { Parent: var parent } binding when Owner(parent) is { } owner => IsWriting(owner, binding.Name.Identifier.Text, wires),
        InvocationExpressionSyntax call => IsCopyInto(call, wires),
        ObjectCreationExpressionSyntax { ArgumentList: { } arguments } creation =>
            s_wrappers.Contains(TypeNames.Last(creation.Type)) && arguments.Arguments.Any(argument => wires.Is(argument.Expression)),
        _ => false,
    };

    private static bool IsWriting(ExpressionSyntax owner, string member, Wires wires) =>
        s_sendsByName.Contains(member)
        || member == "Body" && Wires.IsResponse(owner)
        || s_writesOnWire.Contains(member) && (wires.Is(owner) || member.StartsWith("Write", StringComparison.Ordinal) && Wires.IsResponse(owner));

    private static bool IsCopyInto(InvocationExpressionSyntax call, Wires wires) =>
        TypeNames.Last(call.Expression) is "CopyTo" or "CopyToAsync" && call.ArgumentList.Arguments.Any(argument => wires.Is(argument.Expression));

    private static bool IsConsole(SyntaxNode node) =>
        node is MemberAccessExpressionSyntax { Name.Identifier.Text: "Out" or "Write" or "WriteLine" or "OpenStandardOutput" } access
        && TypeNames.Last(access.Expression) == "Console";

    private static ExpressionSyntax? Owner(SyntaxNode? node) =>
        node?.AncestorsAndSelf().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault()?.Expression;

    private static string Shorten(SyntaxNode node) => node.ToString() is var text && text.Length <= 60 ? text : text[..60] + "…";
}
