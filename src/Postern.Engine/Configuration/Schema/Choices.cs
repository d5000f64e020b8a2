using Postern.Engine.Configuration.Sections;
using Postern.Engine.Monitoring.Adaptive;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration.Schema;

/// <summary>The words of the vocabulary, strongest protection first.</summary>
internal static class Choices
{
    private static readonly Choice s_block = new(VerdictNames.Block, ScanAction.Block);
    private static readonly Choice s_bySeverity = new("by_severity", ScanAction.BySeverity);
    private static readonly Choice s_warn = new(VerdictNames.Warn, ScanAction.Warn);

    private static readonly Choice s_ask = new(VerdictNames.Ask, ScanAction.Ask);
    private static readonly Choice s_redact = new(VerdictNames.Redact, ScanAction.Redact);

    public static SettingKind Mode => KindOf.Choice(
        new("strict", Policy.Mode.Strict), new("balanced", Policy.Mode.Balanced), new("audit", Policy.Mode.Audit));

    /// <summary>For hostile text in what agents receive.</summary>
    public static SettingKind Inbound => KindOf.Choice(s_block, s_bySeverity, s_ask, new("strip", ScanAction.Strip), s_warn);

    /// <summary>For calls of tools, and for what describes tools.</summary>
    public static SettingKind Tool => KindOf.Choice(s_block, s_bySeverity, s_ask, s_warn);

    /// <summary>For what is either refused or recorded.</summary>
    public static SettingKind BlockOrWarn => KindOf.Choice(s_block, s_warn);

    /// <summary>For what is asked about or recorded.</summary>
    public static SettingKind AskOrWarn => KindOf.Choice(s_ask, s_warn);

    public static SettingKind ToolRule => KindOf.Choice(
        new(VerdictNames.Block, ToolRuleAction.Block),
        new("redirect", ToolRuleAction.Redirect),
        new(VerdictNames.Ask, ToolRuleAction.Ask),
        new(VerdictNames.Warn, ToolRuleAction.Warn));

    /// <summary>For secrets, whichever way they travel.</summary>
    public static SettingKind Secrets => KindOf.Choice(s_block, s_ask, s_redact, s_warn);

    /// <summary>For what calls of tools add up to.</summary>
    public static SettingKind Session => KindOf.Choice(s_block, s_bySeverity, s_ask, s_warn);

    /// <summary>The same, where there is nothing to weigh.</summary>
    public static SettingKind Refusal => KindOf.Choice(s_block, s_ask, s_warn);

    public static SettingKind TaintPolicies => KindOf.Choice(
        new("strict", TaintPolicy.Strict), new("balanced", TaintPolicy.Balanced), new("permissive", TaintPolicy.Permissive));

    /// <summary>From which level on something holds.</summary>
    public static SettingKind ThreatLevels => KindOf.Choice(
        [.. new[] { ThreatLevel.Elevated, ThreatLevel.High, ThreatLevel.Critical, ThreatLevel.Never }.Select(static level => new Choice(AdaptiveWords.Of(level), level))]);

    public static SettingKind AirlockTiers => KindOf.Choice(
        [.. new[] { AirlockTier.Drain, AirlockTier.Hard, AirlockTier.Soft, AirlockTier.None }.Select(static tier => new Choice(AdaptiveWords.Of(tier), tier))]);

    public static SettingKind CallCategory => KindOf.Choice([.. CallWords.Categories.Select(static c => new Choice(c.Name, c.Name))]);

    public static SettingKind Interception => KindOf.Choice(
        new("true", InterceptionMode.On), new("auto", InterceptionMode.Auto), new("false", InterceptionMode.Off));

    public static SettingKind Pattern => KindOf.Choice(new(VerdictNames.Block, PatternAction.Block), new(VerdictNames.Warn, PatternAction.Warn));

    public static SettingKind Address => KindOf.Choice(
        new(VerdictNames.Block, AddressAction.Block), new(VerdictNames.Warn, AddressAction.Warn), new(VerdictNames.Allow, AddressAction.Allow));

    public static SettingKind Check => KindOf.Choice(
        new("none", PatternCheck.None),
        new("luhn", PatternCheck.Luhn),
        new("mod97", PatternCheck.Mod97),
        new("aba", PatternCheck.Aba),
        new("wif", PatternCheck.Wif));

    public static SettingKind Severity => KindOf.Choice(
        SeverityChoice(Detection.Severity.Critical),
        SeverityChoice(Detection.Severity.High),
        SeverityChoice(Detection.Severity.Medium),
        SeverityChoice(Detection.Severity.Low));

    public static SettingKind LogFormats => KindOf.Choice(new("json", LogFormat.Json), new("text", LogFormat.Text));

    public static SettingKind LogOutputs => KindOf.Choice(
        new("auto", LogOutput.Auto),
        new("none", LogOutput.None),
        new("stderr", LogOutput.Stderr),
        new("stdout", LogOutput.Stdout),
        new("file", LogOutput.File),
        new("both", LogOutput.Both));

    /// <summary>Which events somebody is told of.</summary>
    public static SettingKind Urgencies => KindOf.Choice(
        UrgencyChoice(Urgency.Info), UrgencyChoice(Urgency.Warn), UrgencyChoice(Urgency.Critical));

    public static SettingKind EmitFormats => KindOf.Choice(new("json", EmitFormat.Json), new("ocsf", EmitFormat.Ocsf));

    /// <summary>Facilities of syslog by their numbers (RFC 5424, table 1).</summary>
    public static SettingKind Facilities => KindOf.Choice(
        new("user", 1),
        new("daemon", 3),
        new("auth", 4),
        new("local0", 16),
        new("local1", 17),
        new("local2", 18),
        new("local3", 19),
        new("local4", 20),
        new("local5", 21),
        new("local6", 22),
        new("local7", 23));

    private static Choice UrgencyChoice(Urgency urgency) => new(Policy.Urgencies.NameOf(urgency), urgency);

    private static Choice SeverityChoice(Detection.Severity severity) => new(VerdictNames.Of(severity), severity);
}
