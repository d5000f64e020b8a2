using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;
using Postern.Engine.Monitoring.Tools.Chains;
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

    /// <summary>The calls of tools in the message.</summary>
    internal ReadOnlySpan<CallSummary> Calls { get; init; }

    /// <summary>The call that the message answers; null when it answers none.</summary>
    internal CallSummary? Answered => Message is { Direction: Direction.Inbound, FactsRef.Mcp: { Shape: RpcShape.Result or RpcShape.Error, Tool.IsEmpty: false } } && Exchange.Calls is [var first, ..] ? first : null;

    /// <summary>Fingerprints of the message's text, where data flow is watched and they are of interest; else empty.</summary>
    internal ReadOnlySpan<ulong> Grams { get; init; }

    /// <summary>What the judge has said so far; refusals are seen by what looks last alone.</summary>
    internal Effect Effect { get; init; }

    /// <summary>True for what begins something: a request, a CONNECT, a call of MCP.</summary>
    internal bool IsAsking => Message is { Direction: Direction.Outbound, Kind: MessageKind.Request or MessageKind.Connect or MessageKind.Rpc };

    /// <summary>What detectors found in the message.</summary>
    internal ReadOnlySpan<Finding> Found { get; init; }

    /// <summary>True when something of this category was found that is more likely true than not.</summary>
    internal bool Has(RuleCategory category)
    {
        foreach (var finding in Found)
        {
            if (finding.Rule.Category == category && finding.Confidence >= Confidence.Medium && finding.Acceptance != Acceptance.ByOperator)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The policy of the exchange.</summary>
    public SecurityPolicy Policy => Exchange.Policy.Policy;
}
