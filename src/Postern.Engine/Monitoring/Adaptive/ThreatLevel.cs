namespace Postern.Engine.Monitoring.Adaptive;

/// <summary>How much a session is suspected.</summary>
public enum ThreatLevel : byte
{
    /// <summary>Like any other.</summary>
    Normal,

    /// <summary>It was up to something.</summary>
    Elevated,

    /// <summary>Again.</summary>
    High,

    /// <summary>And again.</summary>
    Critical,

    /// <summary>Above every level: of a setting, that it never holds.</summary>
    Never,
}
