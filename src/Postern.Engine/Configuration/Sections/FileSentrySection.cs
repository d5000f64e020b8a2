using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The watch over workspaces. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record FileSentrySection : ISection
{
    private static readonly string[] s_usual = [".git", "node_modules", ".venv"];

    /// <summary>Whether workspaces are watched.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether Postern starts without the watch where it cannot have it.</summary>
    public bool BestEffort { get; init; }

    /// <summary>What is watched besides the workspace of a command.</summary>
    public IReadOnlyList<string> WatchPaths { get; init; } = [];

    /// <summary>Whether what is written is searched for secrets.</summary>
    public bool ScanContent { get; init; } = true;

    /// <summary>What a change of a file that steers agents does.</summary>
    public ScanAction AgentFiles { get; init; } = ScanAction.Ask;

    /// <summary>Names of what is not looked at.</summary>
    public IReadOnlyList<string> IgnorePatterns { get; init; } = s_usual;

    /// <summary>Where what is refused is moved to.</summary>
    public string QuarantineDir { get; init; } = "";

    static SectionSchema ISection.Schema => field ??= new(
        "The watch over workspaces (Linux): secrets that are written into files, and changes to the files that steer agents. See docs/containment.md.",
        new Field<FileSentrySection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether the workspace of a command that postern starts, what it may change besides, and watch_paths are watched.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FileSentrySection>("best_effort", KindOf.Flag, Weakens.WhenRaised,
            s => s.BestEffort, (s, v) => s with { BestEffort = (bool)v },
            "Whether Postern starts where there can be no watch, and goes on when a watch breaks. It is said either way.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FileSentrySection>("watch_paths", KindOf.Texts(TextFormats.Grant), Weakens.WhenShrunk,
            s => s.WatchPaths, (s, v) => s with { WatchPaths = (IReadOnlyList<string>)v },
            "Directories that are watched besides the workspace of a command; for postern run without a command the only ones.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FileSentrySection>("scan_content", KindOf.Flag, Weakens.WhenLowered,
            s => s.ScanContent, (s, v) => s with { ScanContent = (bool)v },
            "Whether every file that is written is searched for secrets. false: only files that steer agents are looked at.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FileSentrySection>("agent_files", Choices.AskOrWarn, Weakens.WhenRaised,
            s => s.AgentFiles, (s, v) => s with { AgentFiles = (ScanAction)v },
            "What it does that a file that steers agents was made, changed or removed (session.agent-file-changed). ask: a person is asked, and without a yes it is refused. warn: it is recorded; what is written in it is judged all the same.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FileSentrySection>("ignore_patterns", KindOf.Texts(TextFormats.NameGlob), Weakens.WhenGrown,
            s => s.IgnorePatterns, (s, v) => s with { IgnorePatterns = (IReadOnlyList<string>)v },
            "Names of files and folders that are not looked at, wherever they are below a watched directory. Of .git the hooks are looked at all the same.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FileSentrySection>("quarantine_dir", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.QuarantineDir, (s, v) => s with { QuarantineDir = (string)v },
            "Where a file is moved to whose content is refused, on the same file system as what is watched; commands never see it. Not set: it stays where it is, and the refusal is recorded.") { IsOutsidePolicy = true, NeedsRestart = true });
}
