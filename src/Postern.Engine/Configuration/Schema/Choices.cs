using Postern.Engine.Configuration.Sections;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration.Schema;

/// <summary>The words of the vocabulary, strongest protection first.</summary>
internal static class Choices
{
    private static readonly Choice s_block = new(VerdictNames.Block, ScanAction.Block);
    private static readonly Choice s_bySeverity = new("by_severity", ScanAction.BySeverity);
    private static readonly Choice s_warn = new(VerdictNames.Warn, ScanAction.Warn);

    /// <summary>Asking a person and cutting findings out: the engine would only refuse.</summary>
    private static readonly string[] s_editing = [VerdictNames.Ask, "strip"];

    public static SettingKind Mode => KindOf.Choice(
        new("strict", Policy.Mode.Strict), new("balanced", Policy.Mode.Balanced), new("audit", Policy.Mode.Audit));

    /// <summary>For what agents receive.</summary>
    public static SettingKind Inbound => new ChoiceKind(s_block, s_bySeverity, s_warn) { NotBuilt = s_editing };

    /// <summary>For what agents send: a secret is either refused or accepted.</summary>
    public static SettingKind Outbound => new ChoiceKind(s_block, s_warn) { NotBuilt = s_editing };

    public static SettingKind Interception => KindOf.Choice(
        new("true", InterceptionMode.On), new("auto", InterceptionMode.Auto), new("false", InterceptionMode.Off));

    public static SettingKind Pattern => KindOf.Choice(new(VerdictNames.Block, PatternAction.Block), new(VerdictNames.Warn, PatternAction.Warn));

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

    private static Choice SeverityChoice(Detection.Severity severity) => new(VerdictNames.Of(severity), severity);
}
