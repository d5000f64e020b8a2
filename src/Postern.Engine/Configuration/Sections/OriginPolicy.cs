namespace Postern.Engine.Configuration.Sections;

/// <summary>What becomes of the Origin header of a WebSocket that /ws opens.</summary>
public enum OriginPolicy : byte
{
    /// <summary>It does not go out.</summary>
    Strip,

    /// <summary>The upstream's own origin stands in its place.</summary>
    Rewrite,

    /// <summary>It goes out as it came.</summary>
    Forward,
}
