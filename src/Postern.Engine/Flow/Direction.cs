namespace Postern.Engine.Flow;

/// <summary>Which way a message travels through the checkpoint.</summary>
public enum Direction : byte
{
    /// <summary>From the agent to the world: secrets must not leave.</summary>
    Outbound,

    /// <summary>From the world to the agent: hostile content must not arrive.</summary>
    Inbound,
}
