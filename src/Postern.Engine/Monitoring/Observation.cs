using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Monitoring;

/// <summary>What a monitor sees of one message.</summary>
public readonly ref struct Observation
{
    /// <summary>The conversation.</summary>
    public required Exchange Exchange { get; init; }

    /// <summary>The message.</summary>
    public required Message Message { get; init; }

    /// <summary>The registrable domain, or the address, the exchange talks to; empty when there is none.</summary>
    public ReadOnlySpan<byte> Domain { get; init; }

    /// <summary>The engine's clock in milliseconds.</summary>
    public long NowMs { get; init; }

    /// <summary>The policy of the exchange.</summary>
    public SecurityPolicy Policy => Exchange.Policy.Policy;
}
