using System.Buffers;
using System.IO.Compression;
using Postern.Engine.Detection;
using Postern.Engine.Editing;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Views;

namespace Postern.Engine.Media;

/// <summary>
/// Looks into an image whose format is known: how much it unpacks to, what stands in it as text, what stands behind its end. All of
/// that is looked at like any other text; then it is cut out, and what was found in it is gone with it.
/// </summary>
internal static class ImageLook
{
    /// <summary>How many times the pixels of one picture an animation may have altogether.</summary>
    private const int AnimationFactor = 10;

    /// <summary>Most bytes that one compressed text is read to; what goes on beyond it was made to.</summary>
    private const int MaxInflatedBytes = 1024 * 1024;

    /// <summary>Looks; findings and cuts stand in the scratch.</summary>
    public static void Run(Exchange exchange, MediaFormat format, MediaBody body, Scratch scratch)
    {
        var layout = ImageReaders.Read(format, body.Bytes);
        if (layout is null)
        {
            Report(MediaRules.Malformed, scratch);
            return;
        }

        var policy = exchange.Policy.Policy;
        JudgeDimensions(layout, policy.Media.MaxImagePixels, scratch);
        JudgeTail(layout, body.Bytes, scratch);
        foreach (var range in layout.Spare)
        {
            LookAt(exchange, body, range, scratch);
        }

        foreach (var range in layout.Compressed)
        {
            LookInto(exchange, body, range, scratch);
        }

        scratch.MetadataBytes = layout.SpareBytes;
        if (layout.Spare.Count > 0 && policy is { Media.StripsMetadata: true, Enforce: true })
        {
            var (start, length) = (body.Start + layout.Spare[0].Start, layout.Spare[0].Length);
            scratch.Findings.Add(new Finding(MediaRules.Metadata, Confidence.Certain, "body.metadata", "raw", start, length, string.Empty) { Acceptance = Acceptance.Edited, Note = "metadata" });
            Rewrites.Plan(body.Message, CutsOf(layout, body.Start), scratch.Rewrites);
        }
    }

    private static void JudgeDimensions(ImageLayout layout, long maxPixels, Scratch scratch)
    {
        // Both sides are below 2^32: their product fits, and is compared by division.
        var isTooLarge = layout.Width > maxPixels / layout.Height;
        if (isTooLarge || layout.Width * layout.Height > maxPixels * AnimationFactor / Math.Max(1, layout.Frames))
        {
            Report(MediaRules.Dimensions, scratch);
        }
    }

    /// <summary>A second picture or a film behind the end is what cameras write; an archive, a program or a document is not.</summary>
    private static void JudgeTail(ImageLayout layout, ReadOnlySpan<byte> image, Scratch scratch)
    {
        var behind = MediaFormats.Sniff(image[layout.End..])?.Family;
        if (behind is MediaFamily.Archive or MediaFamily.Executable or MediaFamily.Document || ZipEnd.IsAt(image))
        {
            Report(MediaRules.Polyglot, scratch);
        }
    }

    private static void LookAt(Exchange exchange, MediaBody body, ByteRange range, Scratch scratch)
    {
        var span = new SourceSpan(PartKind.Body, body.Start + range.Start, range.Length, ContentKind.Text);
        Scan(exchange, MessageSources.ViewOf(body.Message, span), scratch);
        Findings.Locate(exchange, body.Message, span, scratch);
    }

    private static void LookInto(Exchange exchange, MediaBody body, ByteRange range, Scratch scratch)
    {
        var span = new SourceSpan(PartKind.Body, body.Start + range.Start, range.Length, ContentKind.Text);
        var text = ArrayPool<byte>.Shared.Rent(MaxInflatedBytes);
        try
        {
            if (!TryInflate(body.Bytes[range.Start..range.End], text.AsSpan(0, MaxInflatedBytes), out var length))
            {
                Report(MediaRules.Malformed, scratch);
            }

            var source = MessageSources.ViewOf(body.Message, span);
            Scan(exchange, new ViewSource { Bytes = text.AsSpan(0, length), Part = PartKind.Body, Direction = source.Direction }, scratch);
            Findings.Spread(exchange, body.Message, span, scratch);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    /// <summary>False when the text does not unpack, or not within the bound; what came out before is there all the same.</summary>
    private static bool TryInflate(ReadOnlySpan<byte> compressed, Span<byte> text, out int length)
    {
        length = 0;
        using var memory = new MemoryStream(compressed.ToArray());
        using var stream = new ZLibStream(memory, CompressionMode.Decompress);
        try
        {
            while (length < text.Length)
            {
                var read = stream.Read(text[length..]);
                if (read == 0)
                {
                    return true;
                }

                length += read;
            }

            return false;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static List<Edit> CutsOf(ImageLayout layout, int start) =>
    [
        .. layout.Fixes.Select(fix => new Edit(start + fix.Start, start + fix.End, fix.By)),
        .. layout.Spare.Select(range => new Edit(start + range.Start, start + range.End, [])),
    ];

    private static void Scan(Exchange exchange, scoped in ViewSource source, Scratch scratch) =>
        PartScan.Run(source, scratch, exchange.Policy.Policy.Detectors, scratch.FingerprintKey.Span);

    private static void Report(Rule rule, Scratch scratch)
    {
        scratch.Hits.Add(rule, 0, 0);
        Findings.Collect("body", scratch);
    }
}
