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
            Findings.Report(exchange, body.Message, MediaRules.Malformed, scratch);
            return;
        }

        var policy = exchange.Policy.Policy;
        if (IsTooLarge(layout, policy.Media.MaxImagePixels))
        {
            Findings.Report(exchange, body.Message, MediaRules.Dimensions, scratch);
        }

        if (IsPolyglot(layout, body.Bytes))
        {
            Findings.Report(exchange, body.Message, MediaRules.Polyglot, scratch);
        }

        foreach (var text in layout.Texts)
        {
            LookAt(exchange, body, text, scratch);
        }

        scratch.MetadataBytes = layout.SpareBytes;
        if (layout.Spare.Count > 0 && policy is { Media.StripsMetadata: true, Enforce: true })
        {
            var (start, length) = (body.Start + layout.Spare[0].Start, layout.Spare[0].Length);
            scratch.Findings.Add(new Finding(MediaRules.Metadata, Confidence.Certain, "body.metadata", "raw", start, length, string.Empty) { Acceptance = Acceptance.Edited, Note = "metadata" });
            Rewrites.Plan(body.Message, CutsOf(layout, body.Start), scratch.Rewrites);
        }
    }

    /// <summary>Both sides are below 2^32: their product fits once it was compared by division.</summary>
    private static bool IsTooLarge(ImageLayout layout, long maxPixels) =>
        layout.Width > maxPixels / layout.Height
        || layout.Width * layout.Height > maxPixels * AnimationFactor / Math.Max(1, layout.Frames);

    /// <summary>A second picture or a film behind the end is what cameras write; an archive, a program or a document is not.</summary>
    private static bool IsPolyglot(ImageLayout layout, ReadOnlySpan<byte> image) =>
        MediaFormats.Sniff(image[layout.End..])?.Family is MediaFamily.Archive or MediaFamily.Executable or MediaFamily.Document || ZipEnd.IsAt(image);

    private static void LookAt(Exchange exchange, MediaBody body, MediaText text, Scratch scratch)
    {
        var span = new SourceSpan(PartKind.Body, body.Start + text.Place.Start, text.Place.Length, ContentKind.Text);
        if (text.Coding == MediaTextCoding.Plain)
        {
            var source = MessageSources.ViewOf(body.Message, span);
            Scan(exchange, source, scratch);
            Findings.Keep(exchange, body.Message, span, LocatedHits.Of(source, scratch), scratch);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(MaxInflatedBytes);
        try
        {
            if (!TryUnpack(body.Bytes[text.Place.Start..text.Place.End], text.Coding, buffer.AsSpan(0, MaxInflatedBytes), out var length))
            {
                Findings.Report(exchange, body.Message, MediaRules.Malformed, scratch);
            }

            Scan(exchange, new ViewSource { Bytes = buffer.AsSpan(0, length), Part = PartKind.Body, Direction = body.Message.Direction }, scratch);
            Findings.Spread(exchange, body.Message, span, scratch);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryUnpack(ReadOnlySpan<byte> packed, MediaTextCoding coding, Span<byte> text, out int length) =>
        coding == MediaTextCoding.Zlib ? TryInflate(packed, text, out length) : TryJoin(packed, text, out length);

    /// <summary>Puts blocks together; false when there is more than the bound.</summary>
    private static bool TryJoin(ReadOnlySpan<byte> blocks, Span<byte> text, out int length)
    {
        length = 0;
        while (!blocks.IsEmpty && blocks[0] > 0)
        {
            var block = blocks.Slice(1, Math.Min(blocks[0], blocks.Length - 1));
            if (!block.TryCopyTo(text[length..]))
            {
                return false;
            }

            length += block.Length;
            blocks = blocks[(1 + block.Length)..];
        }

        return true;
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
}
