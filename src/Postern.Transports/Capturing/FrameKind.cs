namespace Postern.Transports.Capturing;

/// <summary>What a frame of a file of captures holds. The numbers stand in files.</summary>
public enum FrameKind : byte
{
    /// <summary>A capture.</summary>
    Capture = 1,

    /// <summary>How many were not captured before what follows.</summary>
    Gap = 2,

    /// <summary>The last one: the file was closed, not cut off.</summary>
    End = 3,
}
