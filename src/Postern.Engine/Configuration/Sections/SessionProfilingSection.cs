using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What is unlike what a session did before. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record SessionProfilingSection : ISection
{
    /// <summary>Whether sessions are compared with themselves.</summary>
    public bool Enabled { get; init; }

    /// <summary>What an anomaly does.</summary>
    public ScanAction AnomalyAction { get; init; } = ScanAction.Warn;

    /// <summary>New domains in one window.</summary>
    public int DomainBurst { get; init; } = 5;

    /// <summary>The window.</summary>
    public int WindowMinutes { get; init; } = 5;

    /// <summary>How much more a window may send than those before it.</summary>
    public double VolumeSpikeRatio { get; init; } = 3;

    static SectionSchema ISection.Schema => field ??= new(
        "What is unlike what a session did before.",
        new Field<SessionProfilingSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether sessions are compared with themselves."),
        new Field<SessionProfilingSection>("anomaly_action", Choices.Refusal, Weakens.WhenRaised,
            s => s.AnomalyAction, (s, v) => s with { AnomalyAction = (ScanAction)v },
            "What an anomaly does. warn: it is recorded once in a window, and counts 2 points where sessions are scored."),
        new Field<SessionProfilingSection>("domain_burst", KindOf.Whole(1, 200, "domains", "no limit"), Weakens.WhenRaised,
            s => s.DomainBurst, (s, v) => s with { DomainBurst = (int)v },
            "Registrable domains never used before that one window may bring; one more is an anomaly. The first window of a session has no before, and none."),
        new Field<SessionProfilingSection>("window_minutes", KindOf.Whole(1, 60, "minutes"), Weakens.WhenLowered,
            s => s.WindowMinutes, (s, v) => s with { WindowMinutes = (int)v },
            "The window."),
        new Field<SessionProfilingSection>("volume_spike_ratio", KindOf.Ratio(1.1, 1000, "times", "no limit"), Weakens.WhenRaised,
            s => s.VolumeSpikeRatio, (s, v) => s with { VolumeSpikeRatio = (double)v },
            "How many times the mean of earlier windows one window may send. Asked after three windows, and never below 256 KiB."));
}
