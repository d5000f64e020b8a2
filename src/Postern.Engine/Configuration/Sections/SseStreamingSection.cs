using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Event streams. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether events are inspected one by one.</param>
/// <param name="Action">What an injection in an event does.</param>
/// <param name="MaxEventBytes">Longest event.</param>
public sealed record SseStreamingSection(
    bool Enabled = true,
    ScanAction Action = ScanAction.BySeverity,
    int MaxEventBytes = 65536)
{
    internal static SectionSchema Schema => field ??= new(
        "Event streams: each event is inspected before it is passed on.",
        static () => new SseStreamingSection(),
        new Field<SseStreamingSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether events are inspected one by one."),
        new Field<SseStreamingSection>("action", Choices.Stream, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What an injection in an event does. by_severity: high and critical findings of high confidence end the stream, others are recorded."),
        new Field<SseStreamingSection>("max_event_bytes", KindOf.Whole(1024, 16777216, "bytes"), Weakens.Never,
            s => s.MaxEventBytes, (s, v) => s with { MaxEventBytes = (int)v },
            "Longest event; a longer one ends the stream. 0 is an error: an event is held whole."));
}
