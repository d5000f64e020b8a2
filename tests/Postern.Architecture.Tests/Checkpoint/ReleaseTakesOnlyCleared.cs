using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>What can be handed to a release from outside, so that nothing but a <c>Cleared</c> or a <c>Reply</c> can be sent.</summary>
/// <remarks>
/// The rule, for every member of a *Release.cs file that is not private (nested types' too):
/// <list type="number">
/// <item>a method's parameter is the thing to send (<c>Cleared</c>, <c>Reply</c>), or one of <see cref="s_harmless"/>: types that name a
/// place, a moment or a limit and cannot carry content. Every other type is a violation, known or not; a new harmless type is added here;</item>
/// <item>a wire (<see cref="s_wires"/>) is fine only beside a <c>Cleared</c> or a <c>Reply</c> in the same method: to pump a cleared tunnel
/// or to say where the cleared thing goes. Alone it would be content to copy;</item>
/// <item>an override has the signature of its base class (HttpContent, Stream); what it sends came in through the constructor;</item>
/// <item>a constructor says where to write, so it may take anything but content (<see cref="s_content"/>);</item>
/// <item>a property or field that can be set from outside is a parameter too.</item>
/// </list>
/// </remarks>
internal sealed class ReleaseTakesOnlyCleared : ISourceCheck
{
    private static readonly HashSet<string> s_sendable = ["Cleared", "Reply"];

    private static readonly HashSet<string> s_harmless =
    [
        "CancellationToken", "TimeSpan", "TimeProvider", "bool", "int", "long", "uint", "ulong", "ushort",
        "IPAddress", "IPEndPoint", "EndPoint", "ILogger",

        // Where to dial, when to give up, and the rest of a body that the pump clears piece by piece.
        "JudgedDestination", "TunnelDeadline", "Upload",

        // The operator's own credentials for one server, fixed before there is any message.
        "OperatorHeaders",
    ];

    private static readonly HashSet<string> s_wires =
    [
        "HttpContext", "HttpResponse", "IFeatureCollection", "ConnectionContext", "IDuplexPipe", "PipeReader", "PipeWriter",
        "Stream", "NetworkStream", "SslStream", "Socket", "WebSocket", "Process", "IHttpResponseBodyFeature",
    ];

    private static readonly HashSet<string> s_content =
    [
        "Message", "Part", "View", "string", "char", "byte", "sbyte", "String", "Char", "Byte", "object", "Object", "dynamic",
        "HttpContent", "HttpRequestMessage", "HttpResponseMessage", "JsonElement", "JsonDocument", "JsonNode", "StringBuilder",
    ];

    public IEnumerable<Violation> Look(SourceFile file) => !Territory.IsRelease(file)
        ? []
        : file.Root.DescendantNodes().SelectMany(node => Offered(node).Select(type => file.At(
            type, $"a release takes a {type}: only Cleared or Reply can be sent (the rule is in {nameof(ReleaseTakesOnlyCleared)})")));

    private static IEnumerable<TypeSyntax> Offered(SyntaxNode node) => node switch
    {
        _ when IsHidden(node) => [],
        ConstructorDeclarationSyntax constructor => Types(constructor.ParameterList).Where(IsContent),
        TypeDeclarationSyntax { ParameterList: { } primary } => Types(primary).Where(IsContent),
        BaseMethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.OverrideKeyword) => [],
        BaseMethodDeclarationSyntax method => Unsendable(Types(method.ParameterList)),
        DelegateDeclarationSyntax callback => Unsendable(Types(callback.ParameterList)),
        IndexerDeclarationSyntax indexer => Unsendable(Types(indexer.ParameterList).Append(indexer.Type)),
        PropertyDeclarationSyntax property when CanBeSet(property) => Unsendable([property.Type]),
        BaseFieldDeclarationSyntax field when !field.Modifiers.Any(SyntaxKind.ConstKeyword) && !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) =>
            Unsendable([field.Declaration.Type]),
        _ => [],
    };

    private static IEnumerable<TypeSyntax> Unsendable(IEnumerable<TypeSyntax> types)
    {
        var offered = types.ToList();
        var accompanied = offered.Any(type => s_sendable.Contains(TypeNames.Last(type)));
        return offered.Where(type => TypeNames.Last(type) is var name
            && !s_sendable.Contains(name) && !s_harmless.Contains(name) && !(accompanied && s_wires.Contains(name)));
    }

    // Anywhere in the type: byte[], ReadOnlyMemory<byte>, Func<string> and IEnumerable<Message> all carry content.
    private static bool IsContent(TypeSyntax type) => type.DescendantNodesAndSelf().OfType<TypeSyntax>().Any(part => s_content.Contains(TypeNames.Last(part)));

    private static IEnumerable<TypeSyntax> Types(BaseParameterListSyntax list) => list.Parameters.Select(parameter => parameter.Type).OfType<TypeSyntax>();

    private static bool CanBeSet(PropertyDeclarationSyntax property) => property.AccessorList?.Accessors.Any(accessor =>
        accessor.Keyword.Text is "set" or "init" && !accessor.Modifiers.Any(SyntaxKind.PrivateKeyword)) == true;

    // A member is hidden when it says private or says nothing in a class; an interface's members and explicit implementations are not.
    private static bool IsHidden(SyntaxNode node) => node is MemberDeclarationSyntax member and not BaseTypeDeclarationSyntax
        && !member.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !member.Modifiers.Any(SyntaxKind.InternalKeyword)
        && !member.Modifiers.Any(SyntaxKind.ProtectedKeyword)
        && member.Parent is not InterfaceDeclarationSyntax
        && member is not MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null };
}
