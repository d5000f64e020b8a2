using Postern.Transports.Capturing;
using Postern.Transports.Evidence;
using Postern.Transports.Telemetry;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Http.Local;

/// <summary>What Postern says about itself.</summary>
/// <param name="Version">Program version.</param>
/// <param name="Rules">Rules in force.</param>
/// <param name="InterceptsTls">True when tunnels are read.</param>
/// <param name="Evidence">How the evidence is doing.</param>
/// <param name="Time">The clock.</param>
public sealed record ServiceFacts(string Version, int Rules, bool InterceptsTls, IEvidenceHealth Evidence, TimeProvider Time)
{
    private readonly long _started = Time.GetTimestamp();

    /// <summary>How the sinks are doing; none when nobody else is told.</summary>
    public IReadOnlyList<EmitStatus> Sinks { get; init; } = [];

    /// <summary>The log; null when there is none.</summary>
    public DecisionLog? Log { get; init; }

    /// <summary>What is kept of the evidence, and for how long; null where it is not kept in files.</summary>
    public EvidenceRetention? Retention { get; init; }

    /// <summary>What takes sealed copies; null when nothing is captured.</summary>
    public CaptureRecorder? Captures { get; init; }

    /// <summary>Seconds since the start.</summary>
    public long UptimeSeconds => (long)Time.GetElapsedTime(_started).TotalSeconds;
}
