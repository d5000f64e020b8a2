namespace Postern.Engine.Detection;

/// <summary>How bad it is when the finding is true.</summary>
public enum Severity : byte
{
    /// <summary>Worth counting.</summary>
    Low,

    /// <summary>Worth a look.</summary>
    Medium,

    /// <summary>Worth stopping for.</summary>
    High,

    /// <summary>Never to pass unseen.</summary>
    Critical,
}
