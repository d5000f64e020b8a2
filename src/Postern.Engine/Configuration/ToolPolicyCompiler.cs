using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Patterns;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Detection.Tools.Own;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration;

/// <summary>
/// What the configuration says about tools. Built-in rules are never certain; so a certain finding is one for which the configuration
/// itself says what it does, and its severity says what: critical refuses, high asks, less is redirected. That one is the mildest of
/// those that refuse, so whatever else refuses decides, and nothing is redirected.
/// </summary>
internal static class ToolPolicyCompiler
{
    /// <summary>The policy; null when calls are not judged.</summary>
    public static ToolPolicy? Compile(McpToolPolicySection section, RuleTable table, List<string> errors)
    {
        Check(section, errors);
        return section.Enabled
            ? new ToolPolicy(section.IncludeDefaults ? table.Tools : null, [.. section.Rules.Select(Rule)], new ToolNames([.. section.Allow], [.. section.Deny]))
            : null;
    }

    /// <summary>Programs that may answer.</summary>
    public static IReadOnlyList<Redirect> RedirectsOf(McpToolPolicySection section) => [.. section.RedirectProfiles.Select(Of)];

    /// <summary>What is done about lists, and about calls that they do not name.</summary>
    public static DefinitionSettings DefinitionsOf(PosternConfig config) => new()
    {
        Scans = config.McpToolScanning.Enabled,
        TrustsChanges = config.McpToolScanning.Pinning == ScanAction.Warn,
        BindsCalls = config.McpSessionBinding.Enabled,
        RefusesUnlisted = config.McpSessionBinding.UnknownToolAction == ScanAction.Block,
        RefusesWithoutList = config.McpSessionBinding.NoBaselineAction == ScanAction.Block,
    };

    /// <summary>Writes what findings about tools cost.</summary>
    public static EffectTable Price(PosternConfig config, EffectTable table)
    {
        Certain(Scan(table, Direction.Inbound, config.McpToolScanning.Action, Effect.Allow), Direction.Inbound);
        return Certain(Scan(table, Direction.Outbound, config.McpToolPolicy.Action, Effect.Ask), Direction.Outbound);
    }

    private static EffectTable Scan(EffectTable table, Direction direction, ScanAction action, Effect medium)
    {
        table.Set(RuleCategory.Tool, direction, Floor.Any, Effect.Allow);
        return action == ScanAction.BySeverity
            ? table.Set(RuleCategory.Tool, direction, new Floor(Severity.Medium, Confidence.Medium), medium)
                .Set(RuleCategory.Tool, direction, new Floor(Severity.High, Confidence.High), Effect.Deny)
            : table.Set(RuleCategory.Tool, direction, new Floor(Severity.Medium, Confidence.Medium), PolicyCompiler.EffectOf(action));
    }

    private static EffectTable Certain(EffectTable table, Direction direction) => table
        .Set(RuleCategory.Tool, direction, new Floor(Severity.Low, Confidence.Certain), Effect.Deny)
        .Set(RuleCategory.Tool, direction, new Floor(Severity.High, Confidence.Certain), Effect.Ask)
        .Set(RuleCategory.Tool, direction, new Floor(Severity.Critical, Confidence.Certain), Effect.Deny);

    private static string IdOf(ToolPolicyRule rule) => UserPattern.IdOf("tool", rule.Name);

    private static OwnToolRule Rule(ToolPolicyRule rule)
    {
        var (severity, confidence) = rule.Action switch
        {
            ToolRuleAction.Redirect => (Severity.Low, Confidence.Certain),
            ToolRuleAction.Ask => (Severity.High, Confidence.Certain),
            ToolRuleAction.Warn => (Severity.Low, Confidence.Low),
            _ => (Severity.Critical, Confidence.Certain),
        };
        var about = new Rule(IdOf(rule), rule.Name, RuleCategory.Tool, severity, confidence, "Do it another way, or change the rule in mcp_tool_policy.rules.");
        return new OwnToolRule(about, rule.ToolPattern, new ArgumentPattern(rule.ArgKey, rule.ArgPattern)) { Profile = rule.RedirectProfile, IsRedirect = rule.Action == ToolRuleAction.Redirect };
    }

    private static Redirect Of(RedirectProfile profile) => new(profile.Name, [.. profile.Exec]) { Reason = profile.Reason, TakesArguments = profile.PreserveArgv };

    private static void Check(McpToolPolicySection section, List<string> errors)
    {
        foreach (var rule in section.Rules)
        {
            if (rule.Action == ToolRuleAction.Redirect && !section.RedirectProfiles.Any(profile => profile.Name == rule.RedirectProfile))
            {
                errors.Add($"mcp_tool_policy.rules: '{rule.Name}' redirects to '{rule.RedirectProfile}', which is none of redirect_profiles");
            }
        }

        foreach (var twice in section.Rules.GroupBy(IdOf).Where(static group => group.Count() > 1))
        {
            errors.Add($"mcp_tool_policy.rules: two rules share the id {twice.Key}: give them names that differ in letters or digits");
        }

        foreach (var twice in section.RedirectProfiles.GroupBy(static profile => profile.Name).Where(static group => group.Count() > 1))
        {
            errors.Add($"mcp_tool_policy.redirect_profiles: two profiles are called '{twice.Key}'");
        }
    }
}
