using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Tools;

namespace Postern.Engine.Tests.Detection.Tools;

/// <summary>The rules that calls meet.</summary>
internal static class ToolCalls
{
    public static List<string> Rules(string tool, string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        var hits = new HitList();
        foreach (var (_, script) in ToolCallReader.Read(tool, document.RootElement))
        {
            RuleCatalogue.Table.Tools.Scan(script, 0, hits);
        }

        return [.. Enumerable.Range(0, hits.Count).Select(i => hits[i].Rule.Id)];
    }

    public static List<string> RulesOfCommand(string command) => Rules("bash", JsonSerializer.Serialize(new Dictionary<string, string> { ["command"] = command }));
}
