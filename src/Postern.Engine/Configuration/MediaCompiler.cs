using Postern.Engine.Configuration.Schema;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Media;
using Postern.Engine.Pages;

namespace Postern.Engine.Configuration;

/// <summary>The configuration of media and pages.</summary>
internal static class MediaCompiler
{
    public static MediaPolicy Compile(MediaPolicySection section) => new()
    {
        IsEnabled = section.Enabled,
        RefusedInbound = [.. Refused(section)],
        RefusedOutbound = [.. section.RefuseUploads.Select(MediaWords.FamilyOf)],
        ImageTypes = [.. section.AllowedImageTypes],
        StripsMetadata = section.StripImageMetadata,
        MaxImageBytes = section.MaxImageBytes,
        MaxImagePixels = section.MaxImagePixels,
        StreamsLong = section.BeyondHold == BeyondHold.Stream,
    };

    public static ShieldPolicy ShieldOf(BrowserShieldSection section, List<string> errors) => new()
    {
        IsEnabled = section.Enabled,
        StripsHidden = section.StripHiddenTraps,
        StripsPixels = section.StripTrackingPixels,
        Tracking = DestinationCompiler.DomainsOf("browser_shield.tracking_domains", Below(section.TrackingDomains), errors),
        Exempt = DestinationCompiler.DomainsOf("browser_shield.exempt_domains", Below(section.ExemptDomains), errors),
    };

    /// <summary>A wildcard matches the name itself too.</summary>
    private static IReadOnlyList<string> Below(IReadOnlyList<string> domains) =>
        [.. domains.Select(static domain => domain.StartsWith("*.", StringComparison.Ordinal) ? domain : "*." + domain)];

    private static IEnumerable<MediaFamily> Refused(MediaPolicySection section) =>
        new (bool IsRefused, MediaFamily Family)[]
        {
            (section.StripImages, MediaFamily.Image),
            (section.StripAudio, MediaFamily.Audio),
            (section.StripVideo, MediaFamily.Video),
            (section.StripFonts, MediaFamily.Font),
            (section.StripDocuments, MediaFamily.Document),
            (section.StripArchives, MediaFamily.Archive),
            (section.StripExecutables, MediaFamily.Executable),
        }.Where(static pair => pair.IsRefused).Select(static pair => pair.Family);
}
