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

    /// <summary>They recognise a document by names, lines and values together: taking that out would take the document's structure, and so it is refused; as is one line of a key in a string of its own, the others being elsewhere.</summary>
    private static readonly string[] s_structural =
        ["secret.pem.bare-private-key", "secret.google.service-account-key", "secret.jwk.private", "secret.file.netrc", "secret.file.pgpass", "secret.file.docker-auth"];

    [Fact]
    public void What_every_secret_rule_finds_can_be_replaced()
    {
        var left = new List<string>();
        foreach (var source in RuleFiles.All.Where(static source => source.Rule.Rule.Category == RuleCategory.Secret))
        {
            // A conversation of its own: one tells only so many values apart.
            var world = new EditWorld(EditWorld.Redact);
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
        if (world.Send(body, content) is null && !world.Refused!.Findings.Any(static f => s_structural.Contains(f.Rule.Id)))
        {
            left.Add($"{rule} in {content}: {world.Refused!.RuleId} at {world.Refused.Decisive!.Where} of {string.Join(", ", world.Refused.Findings.Select(static f => f.Rule.Id + (f.Acceptance == Acceptance.Edited ? " edited" : "") + " " + f.View))}");
        }
    }
}
