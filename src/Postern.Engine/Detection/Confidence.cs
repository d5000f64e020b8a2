namespace Postern.Engine.Detection;

/// <summary>How likely the finding is true.</summary>
public enum Confidence : byte
{
    /// <summary>A hint; never refuses by itself.</summary>
    Low,

    /// <summary>More likely true than not.</summary>
    Medium,

    /// <summary>A distinctive shape.</summary>
    High,

    /// <summary>Proven offline, for example by a checksum.</summary>
    Certain,
}
