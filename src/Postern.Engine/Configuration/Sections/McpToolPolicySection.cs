using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Which calls of tools may run. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record McpToolPolicySection : ISection
{
    /// <summary>Whether calls are judged.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What the built-in rules do.</summary>
    public ScanAction Action { get; init; } = ScanAction.BySeverity;

    /// <summary>Whether the built-in rules (tool.*) run beside yours.</summary>
    public bool IncludeDefaults { get; init; } = true;

    /// <summary>The only tools that may be called.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Tools that may not be called.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary>Rules of your own.</summary>
    public IReadOnlyList<ToolPolicyRule> Rules { get; init; } = [];

    /// <summary>Programs that answer instead of tools.</summary>
    public IReadOnlyList<RedirectProfile> RedirectProfiles { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Which calls of tools may run, over every transport of MCP, in checks and in the Scan API.",
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
        new Field<McpToolPolicySection>("rules", KindOf.Items<ToolPolicyRule>(), Weakens.WhenShrunk,
            s => s.Rules, (s, v) => s with { Rules = (IReadOnlyList<ToolPolicyRule>)v },
            "Rules of your own."),
        new Field<McpToolPolicySection>("redirect_profiles", KindOf.Items<RedirectProfile>(), Weakens.WhenGrown,
            s => s.RedirectProfiles, (s, v) => s with { RedirectProfiles = (IReadOnlyList<RedirectProfile>)v },
            "Programs that answer instead of tools."));
}
