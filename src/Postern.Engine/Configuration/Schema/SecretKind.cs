using Postern.Engine.Configuration.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A secret, or the empty text for none. Never shown, never part of the canonical form.</summary>
internal sealed class SecretKind : SettingKind
{
    public override string Name => "secret";

    public override bool IsSecret => true;

    public override string Range => "printable ASCII without spaces; \"\" = not set";

    public override string Example => "\"(at least 16 random characters)\"";

    /// <summary>Reads one secret; shared with the list kind.</summary>
    public static SecretText? ReadSecret(YamlNode node, BindScope scope)
    {
        if (node.Kind != YamlKind.Scalar || node.Type != YamlScalarType.Text)
        {
            return (SecretText?)scope.Fail(node, "expected a secret as text in quotes");
        }

        return node.Text.Length > 0 && !node.Text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new SecretText(node.Text)
            : (SecretText?)scope.Fail(node, "a secret is printable ASCII without spaces, and not empty");
    }

    public override object? Read(YamlNode node, BindScope scope) =>
        node is { Kind: YamlKind.Scalar, Type: YamlScalarType.Text, Text: "" } ? Unset.Value : ReadSecret(node, scope);

    public override string Show(object value) => IsUnset(value) ? "(not set)" : "(secret)";

    public override bool Same(object left, object right) => left.Equals(right);

    public override bool IsUnset(object value) => value is Unset;
}
