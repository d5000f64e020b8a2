namespace Postern.Engine.Configuration.Sections;

/// <summary>What a match of a user's pattern does.</summary>
public enum PatternAction : byte
{
    /// <summary>It refuses.</summary>
    Block,

    /// <summary>It is recorded.</summary>
    Warn,
}
