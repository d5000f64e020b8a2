namespace Postern.Engine.Configuration.Sections;

/// <summary>How much is asked for after text of strangers was read.</summary>
public enum TaintPolicy
{
    /// <summary>Also for programs, sending and elevated files.</summary>
    Strict,

    /// <summary>Also for credentials and what starts again.</summary>
    Balanced,

    /// <summary>Only for protected files.</summary>
    Permissive,
}
