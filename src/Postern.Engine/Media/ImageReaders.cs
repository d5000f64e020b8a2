namespace Postern.Engine.Media;

/// <summary>The reader of each image format that can be stripped.</summary>
internal static class ImageReaders
{
    /// <summary>Reads an image that is there from its first to its last byte.</summary>
    /// <returns>The layout; null when it does not read to its end, or when no reader knows the format.</returns>
    public static ImageLayout? Read(MediaFormat format, ReadOnlySpan<byte> image)
    {
        var layout = new ImageLayout();
        var isRead = format.Name switch
        {
            "png" => PngReader.TryRead(image, layout),
            "jpeg" => JpegReader.TryRead(image, layout),
            "gif" => GifReader.TryRead(image, layout),
            "webp" => WebpReader.TryRead(image, layout),
            _ => false,
        };
        return isRead ? layout : null;
    }
}
