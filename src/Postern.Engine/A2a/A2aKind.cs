namespace Postern.Engine.A2a;

/// <summary>What a request of the Agent2Agent protocol is about.</summary>
public enum A2aKind : byte
{
    /// <summary>It is none.</summary>
    None,

    /// <summary>An agent's card: what it says about itself, which steers whoever chooses among agents.</summary>
    Card,

    /// <summary>Something said to an agent: the answer belongs to the same context.</summary>
    Message,

    /// <summary>Tasks, and where their news are pushed to.</summary>
    Task,
}
