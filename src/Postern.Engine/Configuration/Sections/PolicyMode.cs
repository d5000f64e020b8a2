namespace Postern.Engine.Configuration.Sections;

/// <summary>How much may be reached. Zero is the strictest.</summary>
public enum PolicyMode : byte
{
    /// <summary>Only what the allow-list names.</summary>
    Strict,

    /// <summary>Everything that is not refused.</summary>
    Balanced,

    /// <summary>The rules of balanced, meant for observing.</summary>
    Audit,
}
