using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Media in what agents receive and send. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record MediaPolicySection : ISection
{
    private static readonly string[] s_images = ["png", "jpeg", "gif", "webp", "svg"];

    /// <summary>Whether media are held against this policy.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether images do not come in.</summary>
    public bool StripImages { get; init; }

    /// <summary>Whether sound does not come in.</summary>
    public bool StripAudio { get; init; } = true;

    /// <summary>Whether moving pictures do not come in.</summary>
    public bool StripVideo { get; init; } = true;

    /// <summary>Whether typefaces do not come in.</summary>
    public bool StripFonts { get; init; }

    /// <summary>Whether PDF and the like do not come in.</summary>
    public bool StripDocuments { get; init; }

    /// <summary>Whether archives do not come in.</summary>
    public bool StripArchives { get; init; }

    /// <summary>Whether programs do not come in.</summary>
    public bool StripExecutables { get; init; }

    /// <summary>Kinds that do not go out.</summary>
    public IReadOnlyList<string> RefuseUploads { get; init; } = [];

    /// <summary>Image formats that come in.</summary>
    public IReadOnlyList<string> AllowedImageTypes { get; init; } = s_images;

    /// <summary>Whether metadata is cut out of images.</summary>
    public bool StripImageMetadata { get; init; } = true;

    /// <summary>Longest image.</summary>
    public int MaxImageBytes { get; init; } = 5 * 1024 * 1024;

    /// <summary>Most pixels of a picture.</summary>
    public int MaxImagePixels { get; init; } = 100_000_000;

    /// <summary>What becomes of other media that are too long to be held.</summary>
    public BeyondHold BeyondHold { get; init; } = BeyondHold.Stream;

    static SectionSchema ISection.Schema => field ??= new(
        "Media in what agents receive and send. What media are is told by their bytes, never by their label.",
        new Field<MediaPolicySection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether media are held against this policy. false: they are counted and pass unread."),
        new Field<MediaPolicySection>("strip_images", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripImages, (s, v) => s with { StripImages = (bool)v },
            "Whether images do not come in. Such a response is refused."),
        new Field<MediaPolicySection>("strip_audio", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripAudio, (s, v) => s with { StripAudio = (bool)v },
            "Whether sound does not come in. No text agent hears, and what it says is not read here."),
        new Field<MediaPolicySection>("strip_video", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripVideo, (s, v) => s with { StripVideo = (bool)v },
            "Whether moving pictures do not come in."),
        new Field<MediaPolicySection>("strip_fonts", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripFonts, (s, v) => s with { StripFonts = (bool)v },
            "Whether typefaces do not come in. One can show other letters than the text has, to whoever looks at a screenshot."),
        new Field<MediaPolicySection>("strip_documents", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripDocuments, (s, v) => s with { StripDocuments = (bool)v },
            "Whether PDF and the like do not come in. Their text is compressed and passes unread."),
        new Field<MediaPolicySection>("strip_archives", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripArchives, (s, v) => s with { StripArchives = (bool)v },
            "Whether archives do not come in, nor compressed files. Packages are archives."),
        new Field<MediaPolicySection>("strip_executables", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripExecutables, (s, v) => s with { StripExecutables = (bool)v },
            "Whether programs do not come in."),
        new Field<MediaPolicySection>("refuse_uploads", KindOf.Texts(MediaWords.Family), Weakens.WhenShrunk,
            s => s.RefuseUploads, (s, v) => s with { RefuseUploads = (IReadOnlyList<string>)v },
            "Kinds that do not go out as a body of their own: images, audio, video, fonts, documents, archives, executables. Whatever goes out is read as text besides."),
        new Field<MediaPolicySection>("allowed_image_types", KindOf.Texts(MediaWords.Image), Weakens.WhenGrown,
            s => s.AllowedImageTypes, (s, v) => s with { AllowedImageTypes = (IReadOnlyList<string>)v },
            "Image formats that come in. png, jpeg, gif and webp are stripped; svg comes in as text, and only when nothing in it acts; any other format passes as it is."),
        new Field<MediaPolicySection>("strip_image_metadata", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripImageMetadata, (s, v) => s with { StripImageMetadata = (bool)v },
            "Whether metadata is cut out of images: comments and what follows the end too, of png, jpeg, gif and webp. No pixel changes; which way up a photograph stands is kept."),
        new Field<MediaPolicySection>("max_image_bytes", KindOf.Whole(1024, 67108864, "bytes"), Weakens.WhenRaised,
            s => s.MaxImageBytes, (s, v) => s with { MaxImageBytes = (int)v },
            "Longest image, and how much of one is held; an image is stripped whole or not let in. 0 is an error."),
        new Field<MediaPolicySection>("max_image_pixels", KindOf.Whole(1024, int.MaxValue, "pixels"), Weakens.WhenRaised,
            s => s.MaxImagePixels, (s, v) => s with { MaxImagePixels = (int)v },
            "Most pixels of a picture, and a tenth of those of an animation: a few bytes can unpack to gigabytes. 0 is an error."),
        new Field<MediaPolicySection>("beyond_hold", KindOf.Choice(new("block", BeyondHold.Block), new("stream", BeyondHold.Stream)), Weakens.WhenRaised,
            s => s.BeyondHold, (s, v) => s with { BeyondHold = (BeyondHold)v },
            "What becomes of other media that are too long to be held, longer than limits.hold_bytes: block refuses them, stream passes them on by what their head says."));
}
