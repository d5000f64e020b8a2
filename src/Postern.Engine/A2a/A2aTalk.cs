namespace Postern.Engine.A2a;

/// <summary>What was asked of another agent, so that the answer is read as what it is.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="IsRpc">True when JSON-RPC carries it, false for plain HTTP.</param>
public sealed record A2aTalk(A2aKind Kind, bool IsRpc)
{
    /// <summary>The key under which a card is pinned: the place that it was asked for.</summary>
    internal string Card { get; init; } = string.Empty;

    /// <summary>The context that the request continues, or that the first answer began; null before.</summary>
    internal string? Context { get; set; }
}
