using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A list of secrets. Shown as a count, never part of the canonical form.</summary>
internal sealed class SecretsKind : SettingKind
{
    public override string Name => "list (secret)";

    public override bool IsSecret => true;

    public override string Range => "each printable ASCII without spaces";

    public override string Example => "[\"(at least 16 random characters)\"]";

    public override object? Read(YamlNode node, BindScope scope)
    {
        if (node.Kind != YamlKind.Sequence)
        {
            return scope.Fail(node, "expected a list of secrets");
        }

        var secrets = node.Items.Select((item, i) => ReadSecret(item, scope.At(i))).OfType<SecretText>().ToArray();
        return secrets.Length == node.Items.Count ? secrets : null;
    }

    public override string Show(object value) => Secrets(value).Count switch
    {
        0 => "[]",
        1 => "[(secret)]",
        var count => $"[{count} secrets]",
    };

    public override bool Same(object left, object right) => Secrets(left).SequenceEqual(Secrets(right));

    public override bool Covers(object wide, object narrow) => !Secrets(narrow).Except(Secrets(wide)).Any();

    /// <summary>Printable ASCII without spaces: what an HTTP header carries unchanged.</summary>
    private static SecretText? ReadSecret(YamlNode node, BindScope scope)
    {
        if (node.Kind != YamlKind.Scalar || node.Type != YamlScalarType.Text)
        {
            return (SecretText?)scope.Fail(node, "expected a secret as text in quotes");
        }

        return node.Text.Length > 0 && !node.Text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new SecretText(node.Text)
            : (SecretText?)scope.Fail(node, "a secret is printable ASCII without spaces, and not empty");
    }

    private static IReadOnlyList<SecretText> Secrets(object value) => (IReadOnlyList<SecretText>)value;
}
