using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Monitoring;

namespace Postern.Engine.Inspection;

/// <summary>Everything the inspector needs of the outside. Nothing is optional.</summary>
/// <param name="Evidence">Keeps the records.</param>
/// <param name="Sessions">Keeps the monitors' state.</param>
/// <param name="Resolver">Resolves names, after everything else passed.</param>
/// <param name="Approver">Asks people.</param>
/// <param name="Halt">The kill switch.</param>
/// <param name="Time">The clock.</param>
/// <param name="FingerprintKey">32 bytes; keys the fingerprints of findings.</param>
public sealed record InspectorSeams(
    IEvidenceSink Evidence,
    ISessionStore Sessions,
    IResolver Resolver,
    IApprover Approver,
    IHalt Halt,
    TimeProvider Time,
    ReadOnlyMemory<byte> FingerprintKey)
{
    /// <summary>Keeps what servers said about their tools; by default as long as the process lasts.</summary>
    public IPinStore Pins { get; init; } = new PinsInMemory();

    /// <summary>Keeps how tools are usually called; by default as long as the process lasts.</summary>
    public IPinStore Baselines { get; init; } = new PinsInMemory();

    /// <summary>32 bytes; keys the fingerprints in states, alike for all that share <see cref="Sessions"/>. By default <see cref="FingerprintKey"/>.</summary>
    public ReadOnlyMemory<byte> StateKey { get; init; } = FingerprintKey;

    /// <summary>Signs what leaves with an envelope, where the policy wants that; null where it never does.</summary>
    public EvidenceSigner? Signer { get; init; }

    /// <summary>Milliseconds of a clock that never goes back; its zero means nothing.</summary>
    internal long NowMs => Time.GetTimestamp() / (Time.TimestampFrequency / 1000);
}
