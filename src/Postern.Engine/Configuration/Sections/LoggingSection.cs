using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The log for people and machines. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Format">How a line is written.</param>
/// <param name="Output">Where lines go.</param>
/// <param name="File">The file, for output.</param>
/// <param name="IncludeAllowed">Whether what passed is logged.</param>
/// <param name="IncludeBlocked">Whether what was refused, or would have been with enforce: true, is logged.</param>
public sealed record LoggingSection(
    LogFormat Format = LogFormat.Json,
    LogOutput Output = LogOutput.Auto,
    string File = "",
    bool IncludeAllowed = true,
    bool IncludeBlocked = true)
{
    internal static SectionSchema Schema => field ??= new(
        "The log for people and machines. It is no evidence; flight_recorder is.",
        static () => new LoggingSection(),
        new Field<LoggingSection>("format", Choices.LogFormats, Weakens.Never,
            s => s.Format, (s, v) => s with { Format = (LogFormat)v },
            "How a line is written.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<LoggingSection>("output", Choices.LogOutputs, Weakens.Never,
            s => s.Output, (s, v) => s with { Output = (LogOutput)v },
            "Where lines go. auto: standard error when Postern serves, nowhere when run starts a command, whose terminal a log would garble. both: standard error and the file.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<LoggingSection>("file", KindOf.Optional(TextFormats.Path), Weakens.Never,
            s => s.File, (s, v) => s with { File = (string)v },
            "The file, for output: file or both.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<LoggingSection>("include_allowed", KindOf.Flag, Weakens.Never,
            s => s.IncludeAllowed, (s, v) => s with { IncludeAllowed = (bool)v },
            "Whether what passed is logged.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<LoggingSection>("include_blocked", KindOf.Flag, Weakens.Never,
            s => s.IncludeBlocked, (s, v) => s with { IncludeBlocked = (bool)v },
            "Whether what was refused, or would have been with enforce: true, is logged.") { IsOutsidePolicy = true, NeedsRestart = true });
}
