using System.Globalization;
using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A list of ports and port ranges.</summary>
internal sealed class PortsKind : SettingKind
{
    public override string Name => "list (port or range of ports)";

    public override string Range => "1 to 65535 each; [] = every port";

    public override string Example => "[443, 8000-8999]";

    public override object? Read(YamlNode node, BindScope scope)
    {
        if (node.Kind != YamlKind.Sequence)
        {
            return scope.Fail(node, $"expected a list of ports, for example {Example}");
        }

        var ports = new List<PortRange>(node.Items.Count);
        for (var i = 0; i < node.Items.Count; i++)
        {
            if (Parse(node.Items[i].Text) is { } range)
            {
                ports.Add(range);
            }
            else
            {
                scope.At(i).Fail(node.Items[i], "expected a port from 1 to 65535, or a range such as 8000-8999");
            }
        }

        return ports.Count == node.Items.Count ? ports.Distinct().ToArray() : null;
    }

    public override string Show(object value) => $"[{string.Join(", ", Ports(value))}]";

    public override void WriteCanonical(object value, StringBuilder json) =>
        json.Append('[').AppendJoin(',', Ports(value).OrderBy(port => port.First).ThenBy(port => port.Last).Select(port => JsonText.Quote(port.ToString()))).Append(']');

    public override bool Covers(object wide, object narrow) =>
        OrAll(narrow).All(inner => OrAll(wide).Any(outer => outer.Contains(inner.First) && outer.Contains(inner.Last)));

    private static PortRange? Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = Port(dash < 0 ? text : text[..dash]);
        var last = dash < 0 ? first : Port(text[(dash + 1)..]);
        return first > 0 && last >= first ? new PortRange(first, last) : null;
    }

    /// <summary>0 when it is not a port.</summary>
    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535 ? port : 0;

    /// <summary>No list is no gate.</summary>
    private static IReadOnlyList<PortRange> OrAll(object value) => Ports(value) is { Count: > 0 } ports ? ports : [new(1, 65535)];

    private static IReadOnlyList<PortRange> Ports(object value) => (IReadOnlyList<PortRange>)value;
}
