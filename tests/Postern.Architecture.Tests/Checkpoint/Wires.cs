using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>Tells from declarations in the same file which expressions are a wire: a socket, its stream, a response body, a pipe's output.</summary>
/// <remarks>
/// Syntax only, so a wire that arrives under a foreign type and leaves the file again is not seen here. It was declared with its
/// type somewhere, and that file is looked at too.
/// </remarks>
internal sealed class Wires
{
    private static readonly HashSet<string> s_always = ["Socket", "NetworkStream", "SslStream", "NegotiateStream", "PipeWriter"];

    private readonly HashSet<string> _types;
    private readonly Dictionary<string, bool> _members = [];
    private readonly Dictionary<SyntaxNode, Dictionary<string, bool>> _locals = [];

    public Wires(SourceFile file)
    {
        // A plain Stream in a transport can be anything, so it counts as a wire; a concrete one (MemoryStream) does not.
        _types = file.IsIn(Territory.Transports) ? [.. s_always, "Stream"] : s_always;
        foreach (var node in file.Root.DescendantNodes())
        {
            Note(node);
        }
    }

    /// <summary>True when <paramref name="expression"/> is a wire as far as this file says.</summary>
    public bool Is(ExpressionSyntax? expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Is(inner.Expression),
        PostfixUnaryExpressionSyntax forgiven => Is(forgiven.Operand),
        AwaitExpressionSyntax awaited => Is(awaited.Expression),
        CastExpressionSyntax cast => IsWireType(cast.Type),
        BinaryExpressionSyntax { OperatorToken.Text: "as" } cast => IsWireType(cast.Right),
        BinaryExpressionSyntax { OperatorToken.Text: "??" } choice => Is(choice.Left) || Is(choice.Right),
        BaseObjectCreationExpressionSyntax creation => IsWireType((creation as ObjectCreationExpressionSyntax)?.Type),
        InvocationExpressionSyntax call => TypeNames.Last(call.Expression) is "GetStream" or "UpgradeAsync" || IsPipeWriterFactory(call),
        IdentifierNameSyntax name => IsDeclaredWire(name),
        MemberAccessExpressionSyntax access => IsWireMember(access.Expression, access.Name),
        ConditionalAccessExpressionSyntax access => access.WhenNotNull is MemberBindingExpressionSyntax binding && IsWireMember(access.Expression, binding.Name),
        _ => false,
    };

    /// <summary>True for the body of an HTTP response, by the customary names of the thing it hangs on.</summary>
    public static bool IsResponse(ExpressionSyntax owner) =>
        TypeNames.Last(owner) is var name && (name is "Response" or "response" or "_response" || name.EndsWith("Response", StringComparison.Ordinal));

    private bool IsWireMember(ExpressionSyntax owner, SimpleNameSyntax member) => member.Identifier.Text switch
    {
        "Output" => true,
        "Body" => IsResponse(owner),
        "BaseStream" => Is(owner),
        var name => _members.TryGetValue(name, out var wire) && wire,
    };

    private bool IsDeclaredWire(IdentifierNameSyntax name)
    {
        foreach (var scope in name.Ancestors())
        {
            if (_locals.TryGetValue(scope, out var names) && names.TryGetValue(name.Identifier.Text, out var wire))
            {
                return wire;
            }
        }

        return _members.TryGetValue(name.Identifier.Text, out var member) && member;
    }

    private void Note(SyntaxNode node)
    {
        switch (node)
        {
            case ParameterSyntax { Type: not null } parameter:
                Remember(parameter, parameter.Identifier, IsWireType(parameter.Type));
                break;
            case VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } variable:
                var typed = declaration.Type.IsVar ? Is(variable.Initializer?.Value) : IsWireType(declaration.Type);
                Remember(variable, variable.Identifier, typed);
                break;
            case SingleVariableDesignationSyntax designation:
                Remember(designation, designation.Identifier, IsWireType(TypeBeside(designation)));
                break;
            case PropertyDeclarationSyntax property:
                _members[property.Identifier.Text] = IsWireType(property.Type);
                break;
            default:
                break;
        }
    }

    private void Remember(SyntaxNode declared, SyntaxToken name, bool wire)
    {
        var scope = declared.Ancestors().FirstOrDefault(node =>
            node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
        if (scope is null)
        {
            // Fields, and the parameters of primary constructors.
            _members[name.Text] = wire;
            return;
        }

        if (!_locals.TryGetValue(scope, out var names))
        {
            _locals[scope] = names = [];
        }

        // The same name twice in one method (two branches): the wire wins.
        names[name.Text] = wire || (names.TryGetValue(name.Text, out var before) && before);
    }

    private bool IsWireType(SyntaxNode? type) => _types.Contains(TypeNames.Last(type));

    private static TypeSyntax? TypeBeside(SingleVariableDesignationSyntax designation) => designation.Parent switch
    {
        DeclarationPatternSyntax pattern => pattern.Type,
        DeclarationExpressionSyntax declaration => declaration.Type,
        RecursivePatternSyntax pattern => pattern.Type,
        _ => null,
    };

    private static bool IsPipeWriterFactory(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Create" } create && TypeNames.Last(create.Expression) == "PipeWriter";
}
