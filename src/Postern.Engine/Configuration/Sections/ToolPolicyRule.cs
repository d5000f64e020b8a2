using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A rule of your own about calls of tools. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ToolPolicyRule : ISection
{
    /// <summary>What findings call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Which tools.</summary>
    public string ToolPattern { get; init; } = "";

    /// <summary>What a value must contain: each text and number of the arguments as it stands, folded, and, of a command line, each command that it starts, without quotes and expansions.</summary>
    public string ArgPattern { get; init; } = "";

    /// <summary>Which arguments.</summary>
    public string ArgKey { get; init; } = "";

    /// <summary>What a match does.</summary>
    public ToolRuleAction Action { get; init; } = ToolRuleAction.Block;

    /// <summary>Which of redirect_profiles answers instead; only for action redirect, which needs it.</summary>
    public string RedirectProfile { get; init; } = "";

    static SectionSchema ISection.Schema => field ??= new(
        "A rule of your own about calls of tools.",
        new Field<ToolPolicyRule>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What findings call it; unique in the list.") { IsRequired = true },
        new Field<ToolPolicyRule>("tool_pattern", KindOf.Optional(TextFormats.Regex), Weakens.WhenChanged,
            s => s.ToolPattern, (s, v) => s with { ToolPattern = (string)v },
            "Which tools, by the whole name in any case; empty for all."),
        new Field<ToolPolicyRule>("arg_pattern", KindOf.Optional(TextFormats.Regex), Weakens.WhenChanged,
            s => s.ArgPattern, (s, v) => s with { ArgPattern = (string)v },
            "What a value must contain: each text and number of the arguments as it stands, folded, and, of a command line, each command that it starts, without quotes and expansions. Empty for any value."),
        new Field<ToolPolicyRule>("arg_key", KindOf.Optional(TextFormats.Regex), Weakens.WhenChanged,
            s => s.ArgKey, (s, v) => s with { ArgKey = (string)v },
            "Which arguments, by the whole name of the outermost one; empty for all. With a key and without a pattern, having such an argument is enough."),
        new Field<ToolPolicyRule>("action", Choices.ToolRule, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ToolRuleAction)v },
            "What a match does. block: the call is refused. redirect: it is refused and the program of redirect_profile answers. ask: a person decides. warn: it is recorded. Of several, the strictest holds."),
        new Field<ToolPolicyRule>("redirect_profile", KindOf.Optional(TextFormats.Line), Weakens.WhenChanged,
            s => s.RedirectProfile, (s, v) => s with { RedirectProfile = (string)v },
            "Which of redirect_profiles answers instead; only for action redirect, which needs it."));
}
