using System.Buffers;
using System.Text;
using System.Text.Json;
using Postern.Engine.Detection.Tools.Definitions;

namespace Postern.Engine.Monitoring.Tools.Baseline;

/// <summary>
/// How the tools of a server were called, kept in the form of pins: one for each tool, whose text lists the traits of its calls, and one that says
/// that a person looked at them and nothing else is usual.
/// </summary>
public static class Baselines
{
    /// <summary>Tools of one server that are kept; further ones deviate once it is locked.</summary>
    private const int MaxTools = 1000;

    /// <summary>Traits of one tool that are kept.</summary>
    private const int MaxTraits = 512;

    private const string Prefix = "call:";

    private static readonly Definition s_lock = new("baseline:locked", "true");

    /// <summary>True when calls are compared, false while they are observed.</summary>
    public static bool IsLocked(ServerPins baseline) => Of(baseline).Find(s_lock.Key) is not null;

    /// <summary>The baseline, compared with from now on.</summary>
    public static ServerPins Lock(ServerPins baseline) => Of(baseline).With([s_lock], trustsChanges: true);

    /// <summary>The tools that were called, each with the traits of its calls.</summary>
    public static IEnumerable<(string Tool, IReadOnlyList<string> Traits)> ToolsOf(ServerPins baseline) =>
        Of(baseline).Pins.Where(static pin => pin.Trusted.Key != s_lock.Key).Select(static pin => (pin.Trusted.Name, (IReadOnlyList<string>)Traits(pin.Trusted)));

    /// <summary>True when tool and traits were seen, together or apart.</summary>
    internal static bool Covers(ServerPins baseline, CallShape shape) =>
        shape.Traits.Count <= CallShape.MaxTraits && baseline.Find(Prefix + shape.Tool) is { } pin && !shape.Traits.Except(Traits(pin.Trusted)).Any();

    /// <summary>The baseline with one call more; the same when it is locked, full or knows the call.</summary>
    internal static ServerPins With(ServerPins baseline, CallShape shape)
    {
        var before = baseline.Find(Prefix + shape.Tool) is { } pin ? Traits(pin.Trusted) : [];
        string[] traits = [.. before.Union(shape.Traits).Order(StringComparer.Ordinal)];
        return IsLocked(baseline) || traits.Length > MaxTraits || baseline.Pins.Count >= MaxTools
            ? baseline
            : baseline.With([new Definition(Prefix + shape.Tool, Text(traits))], trustsChanges: true);
    }

    private static ServerPins Of(ServerPins baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return baseline;
    }

    private static string Text(string[] traits)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartArray();
            foreach (var trait in traits)
            {
                writer.WriteStringValue(trait);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static string[] Traits(Definition tool)
    {
        using var document = JsonDocument.Parse(tool.Text);
        return [.. document.RootElement.EnumerateArray().Select(static trait => trait.GetString()!)];
    }
}
