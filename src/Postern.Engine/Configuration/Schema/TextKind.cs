using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A text of some format.</summary>
/// <param name="format">What it must look like.</param>
/// <param name="isOptional">True when the empty text is accepted and means "not set".</param>
internal sealed class TextKind(TextFormat format, bool isOptional) : SettingKind
{
    public override string Name => format.Name;

    /// <summary>True when it names a file or directory.</summary>
    public bool IsPath => ReferenceEquals(format, TextFormats.Path);

    public override string Range => isOptional ? "\"\" = not set" : "";

    public override string Example => JsonText.Quote(format.Example);

    /// <summary>Reads one text of a format; shared with the list kind.</summary>
    public static string? ReadText(YamlNode node, BindScope scope, TextFormat format)
    {
        if (node.Kind != YamlKind.Scalar || node.Type != YamlScalarType.Text)
        {
            var advice = node.Kind == YamlKind.Scalar ? "; put it in quotes if it is meant as text" : "";
            return (string?)scope.Fail(node, $"expected text ({format.Name}){advice}");
        }

        var check = format.Check(node.Text);
        return check.Fault is null ? check.Canonical : (string?)scope.Fail(node, check.Fault);
    }

    public override object? Read(YamlNode node, BindScope scope) =>
        isOptional && node is { Kind: YamlKind.Scalar, Type: YamlScalarType.Text, Text: "" } ? "" : ReadText(node, scope, format);

    public override string Show(object value) => JsonText.Quote((string)value);

    public override void WriteCanonical(object value, StringBuilder json) => JsonText.Write((string)value, json);

    public override double Rank(object value) => format.Exposure((string)value);

    public override bool IsUnset(object value) => ((string)value).Length == 0;

    public override string Describe(Weakens weakens) => weakens == Weakens.WhenRaised
        ? "listening beyond this machine weakens protection"
        : base.Describe(weakens);
}
