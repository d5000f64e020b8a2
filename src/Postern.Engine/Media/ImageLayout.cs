using Postern.Engine.Editing;
using Postern.Engine.Views;

namespace Postern.Engine.Media;

/// <summary>Where in an image what stands that is no picture. Offsets count from the image's first byte.</summary>
internal sealed class ImageLayout
{
    /// <summary>Stretches of metadata that do not follow each other; no camera and no editor writes that many.</summary>
    public const int MaxSpare = 64;

    /// <summary>Texts in one image; each costs a look of its own.</summary>
    public const int MaxTexts = 256;

    /// <summary>Metadata, and what follows the end of the image, in order; what touches is one.</summary>
    public List<ByteRange> Spare { get; } = [];

    /// <summary>What stands in the metadata to be read, each within one of <see cref="Spare"/>.</summary>
    public List<MediaText> Texts { get; } = [];

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
    /// <param name="start">Where it begins, with what frames it.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="texts">What is to be read in it.</param>
    /// <returns>False when there is too much of it.</returns>
    public bool TryAdd(int start, int end, params ReadOnlySpan<MediaText> texts)
    {
        Texts.AddRange(texts);
        if (Spare.Count > 0 && Spare[^1].End == start)
        {
            Spare[^1] = new ByteRange(Spare[^1].Start, end);
            return Texts.Count <= MaxTexts;
        }

        Spare.Add(new ByteRange(start, end));
        return Spare.Count <= MaxSpare && Texts.Count <= MaxTexts;
    }

    /// <summary>Ends the image here; what follows is spare.</summary>
    public bool TryEnd(int end, int length)
    {
        End = end;
        return Width > 0 && Height > 0 && (end == length || TryAdd(end, length, new MediaText(new ByteRange(end, length))));
    }
}
