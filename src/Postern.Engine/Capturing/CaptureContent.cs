namespace Postern.Engine.Capturing;

/// <summary>What a capture holds of its message.</summary>
public enum CaptureContent : byte
{
    /// <summary>Nothing: it has secrets that could not be replaced exactly.</summary>
    Withheld,

    /// <summary>Its beginning.</summary>
    Cut,

    /// <summary>All of it, each secret replaced by a placeholder.</summary>
    Replaced,

    /// <summary>All of it, as it came.</summary>
    Whole,
}
