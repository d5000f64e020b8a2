namespace Postern.Engine.Media;

/// <summary>What the label and the first bytes of a body say about media in it.</summary>
public sealed class MediaHead
{
    private readonly MediaClaim _claim;

    private MediaHead(MediaClaim claim, MediaFormat? format)
    {
        _claim = claim;
        Format = format;
    }

    /// <summary>What the bytes are, whatever the label says; null when they are no known media, or text.</summary>
    public MediaFormat? Format { get; }

    /// <summary>
    /// True when the bytes are not read as text: they begin like media, their label says so too or says nothing, and they are no text.
    /// What begins like another kind of media than its label says is read.
    /// </summary>
    public bool IsOpaque => Format is { IsSvg: false } format && _claim.Fits(format);

    /// <summary>A media type that says the same as the label did.</summary>
    internal string Label => _claim.Label;

    /// <summary>True when the label says something else than the bytes.</summary>
    internal bool IsMislabelled => Format is null ? _claim.IsMedia : !_claim.IsSilent && !_claim.Fits(Format);

    /// <summary>True when the label names one kind of media and the bytes are another.</summary>
    internal bool IsDisguised => Format is { IsSvg: false } && _claim.IsMedia && !_claim.Fits(Format);

    /// <summary>Reads the beginning of a body.</summary>
    /// <param name="type">The media type without parameters; empty when there is none.</param>
    /// <param name="start">The first bytes, 512 or what there is.</param>
    /// <returns>Null when neither speaks of media.</returns>
    public static MediaHead? Of(ReadOnlySpan<char> type, ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            return null;
        }

        var claim = MediaClaim.Of(type);
        var format = MediaFormats.Sniff(start) ?? (SvgText.IsSvg(type, start) ? MediaFormats.Svg : null);
        return format is null && !claim.IsMedia ? null : new MediaHead(claim, format);
    }

    /// <summary>What <see cref="Label"/> and the format's name were taken from.</summary>
    internal static MediaHead Restore(string label, string format) => new(MediaClaim.Of(label), MediaFormats.Named(format));

    /// <summary>True when a body of this type is worth holding to its end, because it will be stripped.</summary>
    public static bool IsImage(ReadOnlySpan<char> type) => MediaClaim.Of(type).IsImage;
}
