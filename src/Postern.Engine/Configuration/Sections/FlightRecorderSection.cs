using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Evidence. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether rulings are recorded.</param>
/// <param name="Dir">Where the records are kept.</param>
/// <param name="CheckpointInterval">A signature covers the records at least this often, and each second when there are new ones.</param>
/// <param name="MaxEntriesPerFile">When a new file is begun.</param>
/// <param name="SignCheckpoints">Whether checkpoints are signed.</param>
/// <param name="RetentionDays">How long finished files are kept.</param>
/// <param name="SigningKeyPath">The Ed25519 key that signs.</param>
public sealed record FlightRecorderSection(
    bool Enabled = true,
    string Dir = "",
    int CheckpointInterval = 1000,
    int MaxEntriesPerFile = 10000,
    bool SignCheckpoints = true,
    int RetentionDays = 0,
    string SigningKeyPath = "")
{
    internal static SectionSchema Schema => field ??= new(
        "Evidence: the signed record of every ruling.",
        static () => new FlightRecorderSection(),
        new Field<FlightRecorderSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether rulings are recorded. On by default, unlike in files you may know: nothing passes without evidence that it did. Off is meant for tests.") { NeedsRestart = true },
        new Field<FlightRecorderSection>("dir", KindOf.Optional(TextFormats.Path), Weakens.Never,
            s => s.Dir, (s, v) => s with { Dir = (string)v },
            "Where the records are kept. Not set: evidence in the home directory.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FlightRecorderSection>("checkpoint_interval", KindOf.Whole(1, 1000000, "records"), Weakens.WhenRaised,
            s => s.CheckpointInterval, (s, v) => s with { CheckpointInterval = (int)v },
            "A signature covers the records at least this often, and each second when there are new ones. 0 is an error.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FlightRecorderSection>("max_entries_per_file", KindOf.Whole(100, 100000000, "records"), Weakens.Never,
            s => s.MaxEntriesPerFile, (s, v) => s with { MaxEntriesPerFile = (int)v },
            "When a new file is begun. 0 is an error.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FlightRecorderSection>("sign_checkpoints", KindOf.Flag, Weakens.WhenLowered,
            s => s.SignCheckpoints, (s, v) => s with { SignCheckpoints = (bool)v },
            "Whether checkpoints are signed. Without signatures whoever can write the files can write history.") { NeedsRestart = true },
        new Field<FlightRecorderSection>("retention_days", KindOf.Whole(1, 36500, "days", "kept for ever"), Weakens.WhenLowered,
            s => s.RetentionDays, (s, v) => s with { RetentionDays = (int)v },
            "How long finished files are kept.") { IsOutsidePolicy = true },
        new Field<FlightRecorderSection>("signing_key_path", KindOf.Optional(TextFormats.Path), Weakens.Never,
            s => s.SigningKeyPath, (s, v) => s with { SigningKeyPath = (string)v },
            "The Ed25519 key that signs. Not set: made in the home directory.") { IsOutsidePolicy = true, NeedsRestart = true });
}
