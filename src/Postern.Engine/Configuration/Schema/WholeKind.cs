using System.Globalization;
using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A whole number within bounds.</summary>
/// <param name="min">Smallest, apart from a zero with a meaning.</param>
/// <param name="max">Largest.</param>
/// <param name="unit">What is counted.</param>
/// <param name="zero">What 0 means, when it means something; it then ranks above every other value. Null: 0 is an error unless it lies within the bounds.</param>
/// <param name="isLong">True when the record holds a <see cref="long"/>, else an <see cref="int"/>.</param>
internal sealed class WholeKind(long min, long max, string unit, string? zero, bool isLong) : SettingKind
{
    public override string Name => "whole number";

    public override string Unit => unit;

    public override string Range => zero is null ? $"{min} to {max}" : $"{min} to {max}; 0 = {zero}";

    public override object? Read(YamlNode node, BindScope scope)
    {
        if (node.Type != YamlScalarType.Whole)
        {
            return scope.Fail(node, $"expected a whole number ({Range})");
        }

        if (HasLeadingZero(node.Text))
        {
            return scope.Fail(node, "write the number without leading zeros");
        }

        var isSmall = long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        var isAccepted = isSmall && ((number >= min && number <= max) || (number == 0 && zero is not null));
        return !isAccepted ? scope.Fail(node, $"must be {Range}") : isLong ? number : (object)(int)number;
    }

    public override string Show(object value) => Number(value).ToString(CultureInfo.InvariantCulture);

    public override void WriteCanonical(object value, StringBuilder json) => json.Append(Number(value));

    public override double Rank(object value) => Number(value) is var number && number == 0 && zero is not null ? double.PositiveInfinity : number;

    public override string Describe(Weakens weakens) => zero is null
        ? base.Describe(weakens)
        : $"{base.Describe(weakens)}; 0 ({zero}) counts as the highest";

    private static bool HasLeadingZero(string text) => text.TrimStart('+', '-') is { Length: > 1 } digits && digits[0] == '0';

    private static long Number(object value) => value is long number ? number : (int)value;
}
