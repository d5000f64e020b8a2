using System.Globalization;
using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A number with at most four decimals, so that its canonical text is the same in every implementation.</summary>
/// <param name="min">Smallest, apart from a zero with a meaning.</param>
/// <param name="max">Largest.</param>
/// <param name="unit">What is measured.</param>
/// <param name="zero">What 0 means, which then ranks above every other value; null when 0 is an error.</param>
internal sealed class RatioKind(double min, double max, string unit, string? zero) : SettingKind
{
    public override string Name => "number";

    public override string Unit => unit;

    public override string Range => string.Create(CultureInfo.InvariantCulture, $"{min} to {max}, at most four decimals{(zero is null ? "" : $"; 0 = {zero}")}");

    public override object? Read(YamlNode node, BindScope scope)
    {
        if (node.Type is not (YamlScalarType.Whole or YamlScalarType.Decimal))
        {
            return scope.Fail(node, $"expected a number ({Range})");
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var isPlain = decimal.TryParse(node.Text, Style, CultureInfo.InvariantCulture, out var exact) && decimal.Round(exact, 4) == exact;
        var number = (double)exact;
        return isPlain && ((number == 0 && zero is not null) || (number >= min && number <= max)) ? number : scope.Fail(node, $"must be {Range}");
    }

    public override string Show(object value) => ((double)value).ToString(CultureInfo.InvariantCulture);

    public override void WriteCanonical(object value, StringBuilder json) => json.Append(Show(value));

    public override double Rank(object value) => (double)value is var number && number == 0 ? double.PositiveInfinity : number;

    public override string Describe(Weakens weakens) => zero is null ? base.Describe(weakens) : $"{base.Describe(weakens)}; 0 ({zero}) counts as the highest";
}
