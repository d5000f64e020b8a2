namespace Postern.Engine.Detection;

/// <summary>What a rule guards against; the judge's policy is written per category.</summary>
public enum RuleCategory : byte
{
    /// <summary>A credential on its way out (or in).</summary>
    Secret,

    /// <summary>Text written to take over the model.</summary>
    Injection,

    /// <summary>A place the agent must not reach.</summary>
    Destination,

    /// <summary>A message shaped to be read differently by two parties.</summary>
    Protocol,

    /// <summary>Something that could not be inspected.</summary>
    Uninspectable,

    /// <summary>Too much, too fast.</summary>
    Budget,

    /// <summary>A call of a tool that does harm whatever its words carry.</summary>
    Tool,

    /// <summary>Media that the policy does not let pass, or not as they are.</summary>
    Media,

    /// <summary>A call that is harmless alone and not after what came before it.</summary>
    Session,

    /// <summary>Postern itself cannot do its work: evidence, approval, halt.</summary>
    Operation,
}
