namespace Postern.Engine.Media;

/// <summary>What media may pass, compiled from <c>media_policy</c>.</summary>
public sealed record MediaPolicy
{
    /// <summary>False: media are counted, and nothing is asked of them.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Families that do not come in.</summary>
    public IReadOnlyList<MediaFamily> RefusedInbound { get; init; } = [MediaFamily.Audio, MediaFamily.Video];

    /// <summary>Families that do not go out.</summary>
    public IReadOnlyList<MediaFamily> RefusedOutbound { get; init; } = [];

    /// <summary>Image formats that come in.</summary>
    public IReadOnlyList<string> ImageTypes { get; init; } = ["png", "jpeg", "gif", "webp", "svg"];

    /// <summary>Whether metadata and what follows the end is cut out of images that come in.</summary>
    public bool StripsMetadata { get; init; } = true;

    /// <summary>Longest image, in bytes; also how much of one is held.</summary>
    public int MaxImageBytes { get; init; } = 5 * 1024 * 1024;

    /// <summary>Most pixels of one picture.</summary>
    public long MaxImagePixels { get; init; } = 100_000_000;

    /// <summary>Whether media that are too long to be held, other than images, pass in windows by what their head says.</summary>
    public bool StreamsLong { get; init; } = true;

    /// <summary>How much of a body of this type is held: images to the end that the policy allows them, since they are stripped whole.</summary>
    public int HoldBytes(ReadOnlySpan<char> type, int ordinaryBytes) =>
        IsEnabled && MediaHead.IsImage(type) ? Math.Max(MaxImageBytes, ordinaryBytes) : ordinaryBytes;
}
