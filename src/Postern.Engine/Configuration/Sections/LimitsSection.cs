using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Bounds on what is held, decoded and parsed. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="HoldBytes">Bodies up to this size are held and inspected whole, so that a refusal is a clean 403.</param>
/// <param name="WindowBytes">Size of a window of a long body.</param>
/// <param name="OverlapBytes">How much of a window is held back and seen again with the next one.</param>
/// <param name="HoldIdleMs">After so long without a byte a response of unknown length is no longer held but streamed.</param>
/// <param name="MaxHeaderBytes">All header lines of one message together.</param>
/// <param name="MaxHeaders">Header lines of one message.</param>
/// <param name="MaxDecompressionRatio">A gzip, br or deflate body that grows more than this is refused as a bomb.</param>
/// <param name="MaxDecompressedBytes">Most decoded bytes of one compressed body.</param>
/// <param name="MaxJsonDepth">Deepest JSON that is read.</param>
/// <param name="MaxViewDepth">How many encodings may be nested around a finding, as in base64 in percent-encoding in JSON.</param>
/// <param name="MaxMultipartParts">Parts of one multipart body.</param>
public sealed record LimitsSection(
    long HoldBytes = 1048576,
    int WindowBytes = 65536,
    int OverlapBytes = 8192,
    int HoldIdleMs = 100,
    int MaxHeaderBytes = 65536,
    int MaxHeaders = 100,
    int MaxDecompressionRatio = 100,
    long MaxDecompressedBytes = 268435456,
    int MaxJsonDepth = 64,
    int MaxViewDepth = 4,
    int MaxMultipartParts = 100)
{
    internal static SectionSchema Schema => field ??= new(
        "Bounds on what is held, decoded and parsed. What exceeds one is refused, never passed unread.",
        static () => new LimitsSection(),
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
