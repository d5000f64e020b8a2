using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>On or off.</summary>
internal sealed class FlagKind : SettingKind
{
    public override string Name => "true or false";

    public override object? Read(YamlNode node, BindScope scope) => node.Type == YamlScalarType.Flag
        ? node.Text[0] is 't' or 'T'
        : scope.Fail(node, "expected true or false, without quotes");

    public override string Show(object value) => (bool)value ? "true" : "false";

    public override void WriteCanonical(object value, StringBuilder json) => json.Append(Show(value));

    public override double Rank(object value) => (bool)value ? 1 : 0;

    public override string Describe(Weakens weakens) => weakens switch
    {
        Weakens.WhenRaised => "turning it on weakens protection",
        Weakens.WhenLowered => "turning it off weakens protection",
        _ => base.Describe(weakens),
    };
}
