namespace Postern.Engine.Media;

/// <summary>One format of media.</summary>
/// <param name="Name">Its short name in lower case, as in <c>media_policy.allowed_image_types</c>.</param>
/// <param name="Family">What it is for.</param>
public sealed record MediaFormat(string Name, MediaFamily Family)
{
    /// <summary>True for the images whose metadata can be taken out without touching a pixel.</summary>
    public bool IsStrippable => Name is "png" or "jpeg" or "gif" or "webp";

    /// <summary>True for the one image format that is text.</summary>
    public bool IsSvg => Name == "svg";
}
