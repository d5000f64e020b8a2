using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Images, audio and video. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether media are judged at all.</param>
/// <param name="StripImages">Whether images are removed from responses.</param>
/// <param name="StripAudio">Whether audio is removed from responses.</param>
/// <param name="StripVideo">Whether video is removed from responses.</param>
/// <param name="StripImageMetadata">Whether text in images (EXIF, XMP, PNG text) is removed.</param>
/// <param name="AllowedImageTypes">Image types that may pass.</param>
/// <param name="MaxImageBytes">Largest image that may pass.</param>
/// <param name="LogMediaExposure">Whether each media body that passed unread is recorded with its type and size.</param>
public sealed record MediaPolicySection(
    bool Enabled = true,
    bool StripImages = false,
    bool StripAudio = true,
    bool StripVideo = true,
    bool StripImageMetadata = true,
    IReadOnlyList<string>? AllowedImageTypes = null,
    long MaxImageBytes = 5242880,
    bool LogMediaExposure = true)
{
    private static readonly string[] DefaultAllowedImageTypes =
    [
        "image/png",
        "image/jpeg",
    ];

    /// <summary>Image types that may pass.</summary>
    public IReadOnlyList<string> AllowedImageTypes { get; init; } = AllowedImageTypes ?? DefaultAllowedImageTypes;

    internal static SectionSchema Schema => field ??= new(
        "Images, audio and video, which nobody reads here: what may pass by type and size.",
        static () => new MediaPolicySection(),
        new Field<MediaPolicySection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether media are judged at all."),
        new Field<MediaPolicySection>("strip_images", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripImages, (s, v) => s with { StripImages = (bool)v },
            "Whether images are removed from responses."),
        new Field<MediaPolicySection>("strip_audio", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripAudio, (s, v) => s with { StripAudio = (bool)v },
            "Whether audio is removed from responses."),
        new Field<MediaPolicySection>("strip_video", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripVideo, (s, v) => s with { StripVideo = (bool)v },
            "Whether video is removed from responses."),
        new Field<MediaPolicySection>("strip_image_metadata", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripImageMetadata, (s, v) => s with { StripImageMetadata = (bool)v },
            "Whether text in images (EXIF, XMP, PNG text) is removed; models read it."),
        new Field<MediaPolicySection>("allowed_image_types", KindOf.Texts(TextFormats.ImageType), Weakens.WhenGrown,
            s => s.AllowedImageTypes, (s, v) => s with { AllowedImageTypes = (IReadOnlyList<string>)v },
            "Image types that may pass."),
        new Field<MediaPolicySection>("max_image_bytes", KindOf.Bytes(1024, 1L << 40, "unlimited"), Weakens.WhenRaised,
            s => s.MaxImageBytes, (s, v) => s with { MaxImageBytes = (long)v },
            "Largest image that may pass."),
        new Field<MediaPolicySection>("log_media_exposure", KindOf.Flag, Weakens.WhenLowered,
            s => s.LogMediaExposure, (s, v) => s with { LogMediaExposure = (bool)v },
            "Whether each media body that passed unread is recorded with its type and size."));
}
