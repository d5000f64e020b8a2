using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Evidence. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record FlightRecorderSection : ISection
{
    /// <summary>Where the records are kept.</summary>
    public string Dir { get; init; } = "";

    /// <summary>A signature covers the records at least this often, and each second when there are new ones.</summary>
    public int CheckpointInterval { get; init; } = 4096;

    /// <summary>When a new file is begun.</summary>
    public int MaxEntriesPerFile { get; init; } = 1000000;

    /// <summary>The Ed25519 key that signs.</summary>
    public string SigningKeyPath { get; init; } = "";

    /// <summary>How long records are kept.</summary>
    public int RetentionDays { get; init; }

    /// <summary>How many of them are kept.</summary>
    public int RetentionMb { get; init; }

    /// <summary>Whether nothing is deleted.</summary>
    public bool LegalHold { get; init; }

    static SectionSchema ISection.Schema => field ??= new(
        "Evidence: the signed record of every ruling. It is always kept: nothing passes without evidence that it did.",
        new Field<FlightRecorderSection>("dir", KindOf.Optional(TextFormats.Path), Weakens.Never,
            s => s.Dir, (s, v) => s with { Dir = (string)v },
            "Where the records are kept. Not set: evidence in the home directory.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FlightRecorderSection>("checkpoint_interval", KindOf.Whole(1, 1000000, "records"), Weakens.WhenRaised,
            s => s.CheckpointInterval, (s, v) => s with { CheckpointInterval = (int)v },
            "A signature covers the records at least this often, and each second when there are new ones. 0 is an error.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FlightRecorderSection>("max_entries_per_file", KindOf.Whole(100, 100000000, "records"), Weakens.Never,
            s => s.MaxEntriesPerFile, (s, v) => s with { MaxEntriesPerFile = (int)v },
            "When a new file is begun. 0 is an error.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FlightRecorderSection>("signing_key_path", KindOf.Optional(TextFormats.Path), Weakens.Never,
            s => s.SigningKeyPath, (s, v) => s with { SigningKeyPath = (string)v },
            "The Ed25519 key that signs. Not set: made in the home directory.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FlightRecorderSection>("retention_days", KindOf.Whole(0, 36500, "days", "kept for ever"), Weakens.WhenChanged,
            s => s.RetentionDays, (s, v) => s with { RetentionDays = (int)v },
            "How long records are kept. Whole files are deleted, the oldest first, never the one that is written; each deletion is a record.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FlightRecorderSection>("retention_mb", KindOf.Whole(0, 100000000, "mebibytes", "without bound"), Weakens.WhenChanged,
            s => s.RetentionMb, (s, v) => s with { RetentionMb = (int)v },
            "How many of them are kept, in the same way. A sink that was not told of them in time has a gap, which is counted.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FlightRecorderSection>("legal_hold", KindOf.Flag, Weakens.WhenLowered,
            s => s.LegalHold, (s, v) => s with { LegalHold = (bool)v },
            "Whether nothing is deleted, whatever its age. A file named HOLD in the evidence directory does the same without a restart.") { IsOutsidePolicy = true, NeedsRestart = true });
}
