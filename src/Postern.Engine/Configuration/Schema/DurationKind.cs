using System.Globalization;
using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A length of time such as <c>24h</c> or <c>1h30m</c>; the record holds whole seconds.</summary>
/// <param name="minSeconds">Shortest.</param>
/// <param name="maxSeconds">Longest.</param>
internal sealed class DurationKind(int minSeconds, int maxSeconds) : SettingKind
{
    public override string Name => "duration";

    public override string Unit => "h, m, s";

    public override string Range => $"{Text(minSeconds)} to {Text(maxSeconds)}";

    public override object? Read(YamlNode node, BindScope scope)
    {
        if (node.Kind != YamlKind.Scalar || TryParse(node.Text) is not { } seconds)
        {
            return scope.Fail(node, "expected a duration such as 90s, 30m, 24h or 1h30m");
        }

        return seconds >= minSeconds && seconds <= maxSeconds ? (int)seconds : scope.Fail(node, $"must be {Range}");
    }

    public override string Show(object value) => Text((int)value);

    public override void WriteCanonical(object value, StringBuilder json) => json.Append((int)value);

    public override double Rank(object value) => (int)value;

    /// <summary>Hours, minutes, seconds in this order, each at most once; null when it is something else.</summary>
    private static long? TryParse(string text)
    {
        const string Units = "hms";
        long total = 0;
        var nextUnit = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9 || Units.IndexOf(rest[digits], nextUnit) is var unit && unit < 0)
            {
                return null;
            }

            total += long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture) * (unit == 0 ? 3600 : unit == 1 ? 60 : 1);
            nextUnit = unit + 1;
            rest = rest[(digits + 1)..];
        }

        return nextUnit == 0 ? null : total;
    }

    private static string Text(int seconds)
    {
        var text = new StringBuilder();
        AppendUnit(text, seconds / 3600, 'h');
        AppendUnit(text, seconds / 60 % 60, 'm');
        AppendUnit(text, seconds % 60, 's');
        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static void AppendUnit(StringBuilder text, int count, char unit)
    {
        if (count > 0)
        {
            text.Append(count).Append(unit);
        }
    }
}
