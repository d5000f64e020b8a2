using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>One secret. Never shown, never part of the canonical form.</summary>
/// <param name="minBytes">The shortest, in characters.</param>
internal sealed class SecretKind(int minBytes) : SettingKind
{
    /// <summary>Stands for a secret that is not there.</summary>
    public static readonly SecretText Unset = new("(not set)");

    public override string Name => "secret";

    public override bool IsSecret => true;

    public override string Range => $"at least {minBytes} printable ASCII characters, no spaces";

    public override string Example => "\"(at-least-16-random-characters)\"";

    public override object? Read(YamlNode node, BindScope scope) =>
        node is { Kind: YamlKind.Scalar, Type: YamlScalarType.Text } && node.Text.Length >= minBytes && !node.Text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new SecretText(node.Text)
            : scope.Fail(node, $"expected a secret as text in quotes: {Range}");

    public override string Show(object value) => IsUnset(value) ? "\"\"" : "(secret)";

    public override bool IsUnset(object value) => ReferenceEquals(value, Unset);

    public override bool Same(object left, object right) => ((SecretText)left).Equals((SecretText)right);
}
