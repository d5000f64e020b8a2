using System.Text;
using System.Text.Json;
using Postern.Engine.Detection.Tools;

namespace Postern.Engine.Monitoring.Tools.Baseline;

/// <summary>How a tool is called: the names and kinds of its arguments, and the hosts in them. Nothing of their values.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Traits">What the call shows, sorted, without doubles.</param>
internal sealed record CallShape(string Tool, IReadOnlyList<string> Traits)
{
    /// <summary>Traits of one call that are compared; a call with more deviates.</summary>
    public const int MaxTraits = 64;

    /// <summary>Reads a call.</summary>
    public static CallShape Of(ToolCall call)
    {
        var traits = new SortedSet<string>(StringComparer.Ordinal);
        if (call.Arguments.ValueKind == JsonValueKind.Object)
        {
            foreach (var argument in call.Arguments.EnumerateObject())
            {
                traits.Add($"argument {argument.Name}: {KindOf(argument.Value.ValueKind)}");
            }
        }

        foreach (var text in call.Texts)
        {
            if (ArgumentUrl.Of(text) is { Length: > 0 } url && Uri.TryCreate(Encoding.UTF8.GetString(url), UriKind.Absolute, out var parsed))
            {
                traits.Add("host " + parsed.IdnHost);
            }
        }

        return new CallShape(call.Tool, [.. traits]);
    }

    private static string KindOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "flag",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "object",
        _ => "nothing",
    };
}
