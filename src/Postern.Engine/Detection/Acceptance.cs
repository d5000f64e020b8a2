namespace Postern.Engine.Detection;

/// <summary>Why a true finding costs nothing.</summary>
public enum Acceptance : byte
{
    /// <summary>It does cost.</summary>
    None,

    /// <summary>The operator suppressed this rule at this place. Core rules cannot be suppressed.</summary>
    ByOperator,

    /// <summary>A credential in the header made for credentials, on its way to the service that issued it.</summary>
    AtHome,

    /// <summary>It was cut out or replaced, and what is left was judged again.</summary>
    Edited,
}
