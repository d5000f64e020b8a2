using Postern.Engine.Configuration.Schema;
using Postern.Engine.Detection.Injection.Learned;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What agents receive. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ResponseScanningSection : ISection
{
    /// <summary>Whether an injected instruction refuses.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What an injected instruction does.</summary>
    public ScanAction Action { get; init; } = ScanAction.BySeverity;

    /// <summary>Whether the built-in rules run beside your patterns.</summary>
    public bool IncludeDefaults { get; init; } = true;

    /// <summary>Patterns of your own.</summary>
    public IReadOnlyList<ResponsePattern> Patterns { get; init; } = [];

    /// <summary>Origins whose content is inspected and recorded, and refused only by the core floor.</summary>
    public IReadOnlyList<string> ExemptDomains { get; init; } = [];

    /// <summary>Event streams.</summary>
    public SseStreamingSection SseStreaming { get; init; } = new();

    /// <summary>One ordinary document in so many may be refused wrongly.</summary>
    public int FalsePositiveBudget { get; init; } = InjectionBudget.Default;

    static SectionSchema ISection.Schema => field ??= new(
        "What agents receive: instructions hidden in content.",
        new Field<ResponseScanningSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether an injected instruction refuses. false: it is recorded; the core floor is judged either way."),
        new Field<ResponseScanningSection>("action", Choices.Inbound, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What an injected instruction does. block: every finding that is more likely true than not refuses the response. by_severity: high and critical findings of high confidence do (in mode strict from medium on), others are recorded; text that only talks about attacks stays readable. ask: a person decides. strip: the sentence, line, comment or attribute that block would refuse for is cut out, and what is left is judged again; what cannot be cut out exactly refuses."),
        new Field<ResponseScanningSection>("include_defaults", KindOf.Flag, Weakens.WhenLowered,
            s => s.IncludeDefaults, (s, v) => s with { IncludeDefaults = (bool)v },
            "Whether the built-in rules run beside your patterns. The core floor runs either way."),
        new Field<ResponseScanningSection>("patterns", KindOf.Items<ResponsePattern>(), Weakens.WhenShrunk,
            s => s.Patterns, (s, v) => s with { Patterns = (IReadOnlyList<ResponsePattern>)v },
            "Patterns of your own."),
        new Field<ResponseScanningSection>("exempt_domains", KindOf.Texts(HostFormats.Host), Weakens.WhenGrown,
            s => s.ExemptDomains, (s, v) => s with { ExemptDomains = (IReadOnlyList<string>)v },
            "Origins whose content is inspected and recorded, and refused only by the core floor."),
        Nested.Of("sse_streaming", (ResponseScanningSection s) => s.SseStreaming, (s, v) => s with { SseStreaming = v },
            "Event streams."),
        new Field<ResponseScanningSection>("false_positive_budget", KindOf.Whole(100, 1000000, "documents of a kilobyte", "the learned model is off"), Weakens.WhenRaised,
            s => s.FalsePositiveBudget, (s, v) => s with { FalsePositiveBudget = (int)v },
            "One ordinary document in so many may be refused wrongly. The threshold of the learned model follows, as it was measured on the calibration documents. A budget that they are too few for is an error. A larger number means fewer false alarms and fewer attacks found."));
}
