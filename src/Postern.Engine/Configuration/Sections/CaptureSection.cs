using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Sealed copies of messages. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record CaptureSection : ISection
{
    /// <summary>Whom the copies are sealed to; empty when nothing is captured.</summary>
    public string EscrowPublicKey { get; init; } = "";

    /// <summary>Where they are kept.</summary>
    public string Dir { get; init; } = "";

    /// <summary>Whether secrets stay in them.</summary>
    public bool Raw { get; init; }

    /// <summary>How much of one message is kept.</summary>
    public int MaxMessageBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>When a new file is begun.</summary>
    public int MaxFileMb { get; init; } = 64;

    /// <summary>How much is kept in all.</summary>
    public int MaxTotalMb { get; init; } = 1024;

    static SectionSchema ISection.Schema => field ??= new(
        "Copies of every message that is inspected, sealed to somebody's key: Postern cannot read what it wrote. postern policy replay judges them anew.",
        new Field<CaptureSection>("escrow_public_key", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.EscrowPublicKey, (s, v) => s with { EscrowPublicKey = (string)v },
            "The P-256 public key (PEM) to seal to; postern keygen --escrow makes a pair. Not set: nothing is captured. A private key stops the start: it must not be here.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<CaptureSection>("dir", KindOf.Optional(TextFormats.Path), Weakens.Never,
            s => s.Dir, (s, v) => s with { Dir = (string)v },
            "Where the files are kept. Not set: captures in the home directory.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<CaptureSection>("raw", KindOf.Flag, Weakens.WhenRaised,
            s => s.Raw, (s, v) => s with { Raw = (bool)v },
            "Whether secrets stay as they are. Else each that a rule finds is replaced by a placeholder before the copy is sealed, wherever it was going.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<CaptureSection>("max_message_bytes", KindOf.Whole(1024, 64 * 1024 * 1024, "bytes"), Weakens.Never,
            s => s.MaxMessageBytes, (s, v) => s with { MaxMessageBytes = (int)v },
            "How much of one message is kept. The copy of a longer one is cut, says so, and is not judged anew.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<CaptureSection>("max_file_mb", KindOf.Whole(1, 1024, "mebibytes"), Weakens.Never,
            s => s.MaxFileMb, (s, v) => s with { MaxFileMb = (int)v },
            "When a new file is begun; one message more may be in it.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<CaptureSection>("max_total_mb", KindOf.Whole(2, 1000000, "mebibytes"), Weakens.Never,
            s => s.MaxTotalMb, (s, v) => s with { MaxTotalMb = (int)v },
            "How much is kept in all. The oldest files go, each with a record; evidence is kept by limits of its own.") { IsOutsidePolicy = true, NeedsRestart = true });
}
