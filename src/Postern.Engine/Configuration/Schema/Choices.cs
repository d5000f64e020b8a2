using Postern.Engine.Configuration.Sections;
using Postern.Engine.Monitoring.Adaptive;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration.Schema;

/// <summary>The words of the vocabulary, strongest protection first.</summary>
internal static class Choices
{
    public static SettingKind Mode => KindOf.Choice(Policy.Mode.Strict, Policy.Mode.Balanced, Policy.Mode.Audit);

    /// <summary>For hostile text in what agents receive.</summary>
    public static SettingKind Inbound => KindOf.Choice(ScanAction.Block, ScanAction.BySeverity, ScanAction.Ask, ScanAction.Strip, ScanAction.Warn);

    /// <summary>For calls of tools, and for what describes tools.</summary>
    public static SettingKind Tool => KindOf.Choice(ScanAction.Block, ScanAction.BySeverity, ScanAction.Ask, ScanAction.Warn);

    /// <summary>For what is either refused or recorded.</summary>
    public static SettingKind BlockOrWarn => KindOf.Choice(ScanAction.Block, ScanAction.Warn);

    /// <summary>For what is asked about or recorded.</summary>
    public static SettingKind AskOrWarn => KindOf.Choice(ScanAction.Ask, ScanAction.Warn);

    public static SettingKind ToolRule => KindOf.Choice(ToolRuleAction.Block, ToolRuleAction.Redirect, ToolRuleAction.Ask, ToolRuleAction.Warn);

    /// <summary>For secrets, whichever way they travel.</summary>
    public static SettingKind Secrets => KindOf.Choice(ScanAction.Block, ScanAction.Ask, ScanAction.Redact, ScanAction.Warn);

    /// <summary>For what calls of tools add up to.</summary>
    public static SettingKind Session => KindOf.Choice(ScanAction.Block, ScanAction.BySeverity, ScanAction.Ask, ScanAction.Warn);

    /// <summary>The same, where there is nothing to weigh.</summary>
    public static SettingKind Refusal => KindOf.Choice(ScanAction.Block, ScanAction.Ask, ScanAction.Warn);

    public static SettingKind TaintPolicies => KindOf.Choice(TaintPolicy.Strict, TaintPolicy.Balanced, TaintPolicy.Permissive);

    /// <summary>From which level on something holds.</summary>
    public static SettingKind ThreatLevels => KindOf.Choice(ThreatLevel.Elevated, ThreatLevel.High, ThreatLevel.Critical, ThreatLevel.Never);

    public static SettingKind AirlockTiers => KindOf.Choice(AirlockTier.Drain, AirlockTier.Hard, AirlockTier.Soft, AirlockTier.None);

    public static SettingKind CallCategory => KindOf.Choice([.. CallWords.Categories.Select(static c => new Choice(c.Name, c.Name))]);

    public static SettingKind Interception => KindOf.Choice(
        new("true", InterceptionMode.On), new("auto", InterceptionMode.Auto), new("false", InterceptionMode.Off));

    public static SettingKind Pattern => KindOf.Choice(PatternAction.Block, PatternAction.Warn);

    public static SettingKind Address => KindOf.Choice(AddressAction.Block, AddressAction.Warn, AddressAction.Allow);

    public static SettingKind Check => KindOf.Choice(
        PatternCheck.None, PatternCheck.Luhn, PatternCheck.Mod97, PatternCheck.Aba, PatternCheck.Wif);

    public static SettingKind Severity => KindOf.Choice(
        Detection.Severity.Critical, Detection.Severity.High, Detection.Severity.Medium, Detection.Severity.Low);

    public static SettingKind LogFormats => KindOf.Choice(LogFormat.Json, LogFormat.Text);

    public static SettingKind LogOutputs => KindOf.Choice(
        LogOutput.Auto, LogOutput.None, LogOutput.Stderr, LogOutput.Stdout, LogOutput.File, LogOutput.Both);

    /// <summary>Which events somebody is told of.</summary>
    public static SettingKind Urgencies => KindOf.Choice(Urgency.Info, Urgency.Warn, Urgency.Critical);

    public static SettingKind EmitFormats => KindOf.Choice(EmitFormat.Json, EmitFormat.Ocsf);

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
}
