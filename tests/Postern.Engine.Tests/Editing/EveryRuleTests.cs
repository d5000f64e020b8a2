using System.Text.Encodings.Web;
using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Detection.Rules;

namespace Postern.Engine.Tests.Editing;

public sealed class EveryRuleTests
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>It recognises a document by names and values together: taking that out would take the document's structure, and so it is refused.</summary>
    private const string Structural = "secret.google.service-account-key";

    [Fact]
    public void What_every_secret_rule_finds_can_be_replaced()
    {
        var world = new EditWorld(EditWorld.Redact);
        var left = new List<string>();
        foreach (var source in RuleFiles.All.Where(static source => source.Rule.Rule.Category == RuleCategory.Secret))
        {
            foreach (var example in source.Examples)
            {
                Check(world, example, ContentKind.Text, source.Rule.Rule.Id, left);
                Check(world, $$"""{"n":1.50,"memo":{{JsonSerializer.Serialize(example, s_relaxed)}}}""", ContentKind.Json, source.Rule.Rule.Id, left);
            }
        }

        Assert.True(left.Count == 0, string.Join('\n', left));
    }

    private static void Check(EditWorld world, string body, ContentKind content, string rule, List<string> left)
    {
        world.Inner.Records.Clear();
        if (world.Send(body, content) is null && world.Refused!.RuleId != Structural)
        {
            left.Add($"{rule} in {content}: {world.Refused!.RuleId} at {world.Refused.Decisive!.Where} of {string.Join(", ", world.Refused.Findings.Select(static f => f.Rule.Id + (f.Acceptance == Acceptance.Edited ? " edited" : "") + " " + f.View))}");
        }
    }
}
