using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;

namespace Postern.Engine.Configuration.Schema;

/// <summary>The words of the vocabulary, strongest protection first.</summary>
internal static class Choices
{
    private static readonly Choice Block = new("block", ScanAction.Block);
    private static readonly Choice Ask = new("ask", ScanAction.Ask);
    private static readonly Choice Strip = new("strip", ScanAction.Strip);
    private static readonly Choice BySeverity = new("by_severity", ScanAction.BySeverity);
    private static readonly Choice Warn = new("warn", ScanAction.Warn);

    public static SettingKind Mode => KindOf.Choice(
        new("strict", PolicyMode.Strict), new("balanced", PolicyMode.Balanced), new("audit", PolicyMode.Audit));

    /// <summary>For what agents receive.</summary>
    public static SettingKind Inbound => KindOf.Choice(Block, Ask, Strip, BySeverity, Warn);

    /// <summary>For what agents send: a secret is either refused or accepted.</summary>
    public static SettingKind Outbound => KindOf.Choice(Block, Warn);

    /// <summary>For streams, where nobody can be asked and nothing edited without holding everything.</summary>
    public static SettingKind Stream => KindOf.Choice(Block, BySeverity, Warn);

    public static SettingKind Headers => KindOf.Choice(new("all", HeaderMode.All), new("sensitive", HeaderMode.Sensitive));

    public static SettingKind Interception => KindOf.Choice(
        new("true", InterceptionMode.On), new("auto", InterceptionMode.Auto), new("false", InterceptionMode.Off));

    public static SettingKind Pattern => KindOf.Choice(new("block", PatternAction.Block), new("warn", PatternAction.Warn));

    public static SettingKind Check => KindOf.Choice(
        new("none", PatternCheck.None),
        new("luhn", PatternCheck.Luhn),
        new("mod97", PatternCheck.Mod97),
        new("aba", PatternCheck.Aba),
        new("wif", PatternCheck.Wif));

    public static SettingKind Severity => KindOf.Choice(
        new("critical", Detection.Severity.Critical),
        new("high", Detection.Severity.High),
        new("medium", Detection.Severity.Medium),
        new("low", Detection.Severity.Low));

    /// <summary>The lower the bar, the more rules run.</summary>
    public static SettingKind MinConfidence => KindOf.Choice(
        new("low", Confidence.Low), new("medium", Confidence.Medium), new("high", Confidence.High));

    public static SettingKind LogFormats => KindOf.Choice(new("json", LogFormat.Json), new("text", LogFormat.Text));

    public static SettingKind LogOutputs => KindOf.Choice(
        new("stderr", LogOutput.Stderr), new("stdout", LogOutput.Stdout), new("file", LogOutput.File), new("both", LogOutput.Both));
}
