using Postern.Engine.Detection;

namespace Postern.Engine.Media;

/// <summary>The rules of the media policy.</summary>
internal static class MediaRules
{
    public static readonly Rule Refused = Of("media.refused", "Media that the policy does not let pass", Severity.High, "Ask for text, or have the operator allow this kind in media_policy.");
    public static readonly Rule ImageType = Of("media.image-type", "Image format that the policy does not let pass", Severity.High, "Ask for another format, or add this one to media_policy.allowed_image_types.");
    public static readonly Rule Disguised = Of("media.disguised", "Media under the label of another kind", Severity.High, "Have the sender label it as what it is.");
    public static readonly Rule Mislabelled = Of("media.mislabelled", "Content that is not what its label says", Severity.Low, "Have the sender label it as what it is.");
    public static readonly Rule Polyglot = Of("media.polyglot", "Two formats in one file", Severity.High, "Get the file from a source that you trust; it is made to be taken for two things.");
    public static readonly Rule Malformed = Of("media.malformed", "Image that does not read to its end", Severity.High, "Repeat the request for the whole image; one that cannot be read cannot be stripped.");
    public static readonly Rule TooLarge = Of("media.too-large", "Image longer than the policy allows", Severity.High, "Ask for a smaller image, or raise media_policy.max_image_bytes.");
    public static readonly Rule Dimensions = Of("media.dimensions", "Image of too many pixels", Severity.High, "Ask for a smaller image, or raise media_policy.max_image_pixels.");
    public static readonly Rule BeyondHold = Of("media.beyond-hold", "Media too long to be held", Severity.High, "Ask for less, or set media_policy.beyond_hold to stream.");
    public static readonly Rule Active = Of("media.svg-active", "SVG that runs scripts or loads documents", Severity.High, "Ask for a picture without scripts, event handlers and foreign content.");
    public static readonly Rule Metadata = Of("media.metadata", "Metadata cut out of an image", Severity.Low, "Nothing to do; the pixels are as they were.");

    public static readonly Rule Shielded = Of("media.page-rewritten", "Traps and trackers cut out of a page", Severity.Low, "Nothing to do; browser_shield.exempt_domains leaves pages as they are.");

    /// <summary>All of them, for the catalogue.</summary>
    public static IEnumerable<Rule> All =>
        [Refused, ImageType, Disguised, Mislabelled, Polyglot, Malformed, TooLarge, Dimensions, BeyondHold, Active, Metadata, Shielded];

    private static Rule Of(string id, string title, Severity severity, string remedy) =>
        new(id, title, RuleCategory.Media, severity, Confidence.Certain, remedy);
}
