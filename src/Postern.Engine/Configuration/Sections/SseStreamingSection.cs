using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Event streams. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record SseStreamingSection : ISection
{
    /// <summary>Longest event, line or message of a stream.</summary>
    public int MaxEventBytes { get; init; } = 1048576;

    static SectionSchema ISection.Schema => field ??= new(
        "Event streams: each event is inspected before it is passed on, and judged like every response.",
        new Field<SseStreamingSection>("max_event_bytes", KindOf.Whole(1024, 16777216, "bytes"), Weakens.Never,
            s => s.MaxEventBytes, (s, v) => s with { MaxEventBytes = (int)v },
            "Longest event, line or message of a stream; a longer one ends the stream. 0 is an error: an event is held whole."));
}
