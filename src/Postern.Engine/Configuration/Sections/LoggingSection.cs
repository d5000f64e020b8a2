using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The log for people and machines. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record LoggingSection : ISection
{
    /// <summary>How a line is written.</summary>
    public LogFormat Format { get; init; } = LogFormat.Json;

    /// <summary>Where lines go.</summary>
    public LogOutput Output { get; init; } = LogOutput.Auto;

    /// <summary>The file, for output.</summary>
    public string File { get; init; } = "";

    /// <summary>Whether what passed is logged.</summary>
    public bool IncludeAllowed { get; init; } = true;

    /// <summary>Whether what was refused, or would have been with enforce: true, is logged.</summary>
    public bool IncludeBlocked { get; init; } = true;

    static SectionSchema ISection.Schema => field ??= new(
        "The log for people and machines. It is no evidence; flight_recorder is.",
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
