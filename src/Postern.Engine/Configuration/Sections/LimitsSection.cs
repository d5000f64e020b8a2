using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Bounds on what is held, decoded and parsed. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record LimitsSection : ISection
{
    /// <summary>Bodies up to this size are held and inspected whole, so that a refusal is a clean 403.</summary>
    public long HoldBytes { get; init; } = 1048576;

    /// <summary>Size of a window of a long body.</summary>
    public int WindowBytes { get; init; } = 65536;

    /// <summary>How much of a window is held back and seen again with the next one.</summary>
    public int OverlapBytes { get; init; } = 8192;

    /// <summary>After so long without a byte a response of unknown length is no longer held but streamed.</summary>
    public int HoldIdleMs { get; init; } = 100;

    /// <summary>All header lines of one message together.</summary>
    public int MaxHeaderBytes { get; init; } = 65536;

    /// <summary>Header lines of one message.</summary>
    public int MaxHeaders { get; init; } = 100;

    /// <summary>A gzip, br or deflate body that grows more than this is refused as a bomb.</summary>
    public int MaxDecompressionRatio { get; init; } = 100;

    /// <summary>Most decoded bytes of one compressed body.</summary>
    public long MaxDecompressedBytes { get; init; } = 268435456;

    /// <summary>Deepest JSON that is read.</summary>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>How many encodings may be nested around a finding, as in base64 in percent-encoding in JSON.</summary>
    public int MaxViewDepth { get; init; } = 4;

    /// <summary>Parts of one multipart body.</summary>
    public int MaxMultipartParts { get; init; } = 100;

    static SectionSchema ISection.Schema => field ??= new(
        "Bounds on what is held, decoded and parsed. What exceeds one is refused, never passed unread.",
        new Field<LimitsSection>("hold_bytes", KindOf.Bytes(4096, 64L << 20), Weakens.WhenLowered,
            s => s.HoldBytes, (s, v) => s with { HoldBytes = (long)v },
            "Bodies up to this size are held and inspected whole, so that a refusal is a clean 403. Longer ones stream window by window. 0 is an error."),
        new Field<LimitsSection>("window_bytes", KindOf.Whole(4096, 16777216, "bytes"), Weakens.WhenLowered,
            s => s.WindowBytes, (s, v) => s with { WindowBytes = (int)v },
            "Size of a window of a long body."),
        new Field<LimitsSection>("overlap_bytes", KindOf.Whole(256, 1048576, "bytes"), Weakens.WhenLowered,
            s => s.OverlapBytes, (s, v) => s with { OverlapBytes = (int)v },
            "How much of a window is held back and seen again with the next one; a secret longer than this can hide on a border."),
        new Field<LimitsSection>("hold_idle_ms", KindOf.Whole(1, 60000, "milliseconds"), Weakens.WhenLowered,
            s => s.HoldIdleMs, (s, v) => s with { HoldIdleMs = (int)v },
            "After so long without a byte a response of unknown length is no longer held but streamed. 0 is an error."),
        new Field<LimitsSection>("max_header_bytes", KindOf.Whole(1024, 1048576, "bytes"), Weakens.Never,
            s => s.MaxHeaderBytes, (s, v) => s with { MaxHeaderBytes = (int)v },
            "All header lines of one message together.") { NeedsRestart = true },
        new Field<LimitsSection>("max_headers", KindOf.Whole(8, 10000, "header lines"), Weakens.Never,
            s => s.MaxHeaders, (s, v) => s with { MaxHeaders = (int)v },
            "Header lines of one message.") { NeedsRestart = true },
        new Field<LimitsSection>("max_decompression_ratio", KindOf.Whole(2, 10000, "decoded bytes per encoded byte"), Weakens.WhenRaised,
            s => s.MaxDecompressionRatio, (s, v) => s with { MaxDecompressionRatio = (int)v },
            "A gzip, br or deflate body that grows more than this is refused as a bomb. It counts after the first 64 KiB of decoded bytes, since small repetitive texts compress better."),
        new Field<LimitsSection>("max_decompressed_bytes", KindOf.Bytes(65536, 1L << 50, "unlimited"), Weakens.WhenRaised,
            s => s.MaxDecompressedBytes, (s, v) => s with { MaxDecompressedBytes = (long)v },
            "Most decoded bytes of one compressed body."),
        new Field<LimitsSection>("max_json_depth", KindOf.Whole(4, 512, "levels"), Weakens.Never,
            s => s.MaxJsonDepth, (s, v) => s with { MaxJsonDepth = (int)v },
            "Deepest JSON that is read; deeper is refused."),
        new Field<LimitsSection>("max_view_depth", KindOf.Whole(1, 5, "decoders"), Weakens.WhenLowered,
            s => s.MaxViewDepth, (s, v) => s with { MaxViewDepth = (int)v },
            "How many encodings may be nested around a finding, as in base64 in percent-encoding in JSON; what is still encoded after that is refused."),
        new Field<LimitsSection>("max_multipart_parts", KindOf.Whole(1, 10000, "parts"), Weakens.Never,
            s => s.MaxMultipartParts, (s, v) => s with { MaxMultipartParts = (int)v },
            "Parts of one multipart body."));
}
