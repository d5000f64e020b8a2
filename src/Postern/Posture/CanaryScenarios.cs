using Postern.Engine.Configuration.Sections;

namespace Postern.Program.Posture;

/// <summary>The scenarios of canaries that are configured: each is tried with its real value, which goes no further than this process.</summary>
internal static class CanaryScenarios
{
    /// <summary>The category that they belong to.</summary>
    public const string Category = "canary";

    private static readonly (string Way, string Carrier, string Coding)[] s_ways =
    [
        ("body", "body", "plain"), ("base64", "body", "base64"), ("hex", "body", "hex"), ("reversed", "body", "reverse"), ("header", "header", "plain"), ("mcp", "call", "plain"),
    ];

    /// <summary>Those for <paramref name="section"/>; none in other categories, and none where no canary is configured.</summary>
    public static IEnumerable<Scenario> Of(string category, CanaryTokensSection section) => category != Category ? [] :
        from token in section.Tokens
        from way in s_ways
        select new Scenario($"canary.{token.Name}.{way.Way}", $"canary {token.Name}, {way.Way}", [$"secret.canary.{token.Name}"])
        {
            IsLiteral = true,
            Fix = "canary_tokens.enabled: true",
            Attack = [new ScenarioStep(way.Carrier, Around(way.Carrier, SyntheticValues.Encode(token.Value!.Reveal(), way.Coding)))],
            Benign = [new ScenarioStep(way.Carrier, Around(way.Carrier, "see you at noon"))],
        };

    private static string Around(string carrier, string text) => carrier == "call" ? $$"""send_note {"text":"{{text}}"}""" : text;
}
