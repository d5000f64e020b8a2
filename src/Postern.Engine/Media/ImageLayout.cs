using Postern.Engine.Editing;
using Postern.Engine.Views;

namespace Postern.Engine.Media;

/// <summary>Where in an image what stands that is no picture. Offsets count from the image's first byte.</summary>
internal sealed class ImageLayout
{
    /// <summary>Stretches of metadata that do not follow each other; no camera and no editor writes that many.</summary>
    public const int MaxSpare = 64;

    /// <summary>Metadata, and what follows the end of the image, in order; what touches is one.</summary>
    public List<ByteRange> Spare { get; } = [];

    /// <summary>Compressed metadata (zlib, RFC 1950), each within one of <see cref="Spare"/>.</summary>
    public List<ByteRange> Compressed { get; } = [];

    /// <summary>What the image says about itself and must say otherwise once the spare is gone; each as long as what it replaces.</summary>
    public List<Edit> Fixes { get; } = [];

    /// <summary>Width of the canvas in pixels.</summary>
    public long Width { get; set; }

    /// <summary>Height of the canvas in pixels.</summary>
    public long Height { get; set; }

    /// <summary>Pictures in it; more than one in an animation.</summary>
    public int Frames { get; set; }

    /// <summary>Where the image ends and what was put behind it begins; the length of all when nothing was.</summary>
    public int End { get; set; }

    /// <summary>Bytes of all the spare.</summary>
    public int SpareBytes => Spare.Sum(static range => range.Length);

    /// <summary>Adds metadata.</summary>
    /// <returns>False when there are too many.</returns>
    public bool TryAdd(int start, int end)
    {
        if (Spare.Count > 0 && Spare[^1].End == start)
        {
            Spare[^1] = new ByteRange(Spare[^1].Start, end);
            return true;
        }

        Spare.Add(new ByteRange(start, end));
        return Spare.Count <= MaxSpare;
    }

    /// <summary>Ends the image here; what follows is spare.</summary>
    public bool TryEnd(int end, int length)
    {
        End = end;
        return Width > 0 && Height > 0 && (end == length || TryAdd(end, length));
    }
}
