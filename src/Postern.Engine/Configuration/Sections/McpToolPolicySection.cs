using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Which calls of tools may run. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether calls are judged.</param>
/// <param name="Action">What the built-in rules do.</param>
/// <param name="IncludeDefaults">Whether the built-in rules (tool.*) run beside yours.</param>
/// <param name="Allow">The only tools that may be called.</param>
/// <param name="Deny">Tools that may not be called.</param>
/// <param name="Rules">Rules of your own.</param>
/// <param name="RedirectProfiles">Programs that answer instead of tools.</param>
public sealed record McpToolPolicySection(
    bool Enabled = true,
    ScanAction Action = ScanAction.BySeverity,
    bool IncludeDefaults = true,
    IReadOnlyList<string>? Allow = null,
    IReadOnlyList<string>? Deny = null,
    IReadOnlyList<ToolPolicyRule>? Rules = null,
    IReadOnlyList<RedirectProfile>? RedirectProfiles = null)
{
    /// <summary>The only tools that may be called.</summary>
    public IReadOnlyList<string> Allow { get; init; } = Allow ?? [];

    /// <summary>Tools that may not be called.</summary>
    public IReadOnlyList<string> Deny { get; init; } = Deny ?? [];

    /// <summary>Rules of your own.</summary>
    public IReadOnlyList<ToolPolicyRule> Rules { get; init; } = Rules ?? [];

    /// <summary>Programs that answer instead of tools.</summary>
    public IReadOnlyList<RedirectProfile> RedirectProfiles { get; init; } = RedirectProfiles ?? [];

    internal static SectionSchema Schema => field ??= new(
        "Which calls of tools may run, over every transport of MCP, in checks and in the Scan API.",
        static () => new McpToolPolicySection(),
        new Field<McpToolPolicySection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether calls are judged by what they would do. false: no rule, list or URL of a call is judged; secrets in arguments still are."),
        new Field<McpToolPolicySection>("action", Choices.Tool, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What the built-in rules do. block: every finding that is at least medium refuses. by_severity: high severity with high confidence refuses, medium asks. ask: a person decides on each. warn: they are recorded. Rules of your own say for themselves what they do."),
        new Field<McpToolPolicySection>("include_defaults", KindOf.Flag, Weakens.WhenLowered,
            s => s.IncludeDefaults, (s, v) => s with { IncludeDefaults = (bool)v },
            "Whether the built-in rules run beside yours, those of postern rules list that begin with tool."),
        new Field<McpToolPolicySection>("allow", KindOf.Texts(TextFormats.Line), Weakens.WhenGrown,
            s => s.Allow, (s, v) => s with { Allow = (IReadOnlyList<string>)v },
            "The only tools that may be called, * for any run of characters; every other call is refused. Empty: any tool."),
        new Field<McpToolPolicySection>("deny", KindOf.Texts(TextFormats.Line), Weakens.WhenShrunk,
            s => s.Deny, (s, v) => s with { Deny = (IReadOnlyList<string>)v },
            "Tools that may not be called, in any case and any look-alike letters, * for any run of characters. Wins over allow."),
        new Field<McpToolPolicySection>("rules", KindOf.Items<ToolPolicyRule>(() => ToolPolicyRule.Schema), Weakens.WhenShrunk,
            s => s.Rules, (s, v) => s with { Rules = (IReadOnlyList<ToolPolicyRule>)v },
            "Rules of your own."),
        new Field<McpToolPolicySection>("redirect_profiles", KindOf.Items<RedirectProfile>(() => RedirectProfile.Schema), Weakens.WhenGrown,
            s => s.RedirectProfiles, (s, v) => s with { RedirectProfiles = (IReadOnlyList<RedirectProfile>)v },
            "Programs that answer instead of tools."));
}
