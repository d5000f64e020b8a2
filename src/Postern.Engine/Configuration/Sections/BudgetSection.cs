using Postern.Engine.Configuration.Schema;
using Postern.Engine.Monitoring;

namespace Postern.Engine.Configuration.Sections;

/// <summary>How much a session may use, and how much the calls of tools may cost. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record BudgetSection : ISection
{
    /// <summary>Calls.</summary>
    public int MaxToolCallsPerSession { get; init; }

    /// <summary>Failures of one tool in a row, and equal calls of it in loop_detection_window.</summary>
    public int MaxRetriesPerTool { get; init; } = 5;

    /// <summary>Failures of one server.</summary>
    public int MaxRetriesPerEndpoint { get; init; } = 20;

    /// <summary>Calls looked back at for equal calls, cycles and growth.</summary>
    public int LoopDetectionWindow { get; init; } = 20;

    /// <summary>How long a session may last.</summary>
    public int MaxWallClockMinutes { get; init; }

    /// <summary>Calls that wait for their answers.</summary>
    public int MaxConcurrentToolCalls { get; init; } = 10;

    /// <summary>Different tools.</summary>
    public int FanOutLimit { get; init; } = 50;

    /// <summary>Time in which different tools count.</summary>
    public int FanOutWindowSeconds { get; init; } = 60;

    /// <summary>Requests of one session.</summary>
    public int MaxRequestsPerSession { get; init; }

    /// <summary>Bytes of one session.</summary>
    public long MaxBytesPerSession { get; init; }

    /// <summary>Domains of one session.</summary>
    public int MaxUniqueDomainsPerSession { get; init; }

    /// <summary>Time in which requests, bytes and domains count.</summary>
    public int WindowMinutes { get; init; } = 60;

    /// <summary>What a budget that is used up does.</summary>
    public ScanAction DowAction { get; init; } = ScanAction.Warn;

    static SectionSchema ISection.Schema => field ??= new(
        "How much a session may use, and how much the calls of tools may cost. For calls a session is one agent with one server, and ends after 30 minutes without a call.",
        new Field<BudgetSection>("max_tool_calls_per_session", KindOf.Whole(0, 1000000, "calls", "no limit"), Weakens.WhenRaised,
            s => s.MaxToolCallsPerSession, (s, v) => s with { MaxToolCallsPerSession = (int)v },
            "Calls in one session."),
        new Field<BudgetSection>("max_retries_per_tool", KindOf.Whole(1, 60, "calls"), Weakens.WhenRaised,
            s => s.MaxRetriesPerTool, (s, v) => s with { MaxRetriesPerTool = (int)v },
            "Failures of one tool in a row, and equal calls of it in loop_detection_window. A minute without a failure begins anew."),
        new Field<BudgetSection>("max_retries_per_endpoint", KindOf.Whole(1, 1000, "calls"), Weakens.WhenRaised,
            s => s.MaxRetriesPerEndpoint, (s, v) => s with { MaxRetriesPerEndpoint = (int)v },
            "Failures of one server in a row, whichever of its tools."),
        new Field<BudgetSection>("loop_detection_window", KindOf.Whole(2, 64, "calls"), Weakens.WhenLowered,
            s => s.LoopDetectionWindow, (s, v) => s with { LoopDetectionWindow = (int)v },
            "Calls looked back at for equal calls, cycles and growth."),
        new Field<BudgetSection>("max_wall_clock_minutes", KindOf.Whole(0, 10080, "minutes", "no limit"), Weakens.WhenRaised,
            s => s.MaxWallClockMinutes, (s, v) => s with { MaxWallClockMinutes = (int)v },
            "How long a session may last."),
        new Field<BudgetSection>("max_concurrent_tool_calls", KindOf.Whole(0, 64, "calls", "no limit"), Weakens.WhenRaised,
            s => s.MaxConcurrentToolCalls, (s, v) => s with { MaxConcurrentToolCalls = (int)v },
            "Calls that wait for their answers at once. A call without an answer counts for five minutes."),
        new Field<BudgetSection>("fan_out_limit", KindOf.Whole(0, 63, "tools", "no limit"), Weakens.WhenRaised,
            s => s.FanOutLimit, (s, v) => s with { FanOutLimit = (int)v },
            "Different tools in fan_out_window_seconds."),
        new Field<BudgetSection>("fan_out_window_seconds", KindOf.Whole(1, 3600, "seconds"), Weakens.WhenLowered,
            s => s.FanOutWindowSeconds, (s, v) => s with { FanOutWindowSeconds = (int)v },
            "Time in which different tools count."),
        new Field<BudgetSection>("max_requests_per_session", KindOf.Whole(0, 100000000, "requests", "no limit"), Weakens.WhenRaised,
            s => s.MaxRequestsPerSession, (s, v) => s with { MaxRequestsPerSession = (int)v },
            "Requests, CONNECTs and messages of MCP that one session sends in window_minutes. One more is refused with 429."),
        new Field<BudgetSection>("max_bytes_per_session", KindOf.Bytes(0, long.MaxValue / 2, "no limit"), Weakens.WhenRaised,
            s => s.MaxBytesPerSession, (s, v) => s with { MaxBytesPerSession = (long)v },
            "Bytes of one session in window_minutes, both directions, as inspected. What does not fit is refused, in the middle of a stream too."),
        new Field<BudgetSection>("max_unique_domains_per_session", KindOf.Whole(0, DomainTable.MaxDomains, "domains", "no limit"), Weakens.WhenRaised,
            s => s.MaxUniqueDomainsPerSession, (s, v) => s with { MaxUniqueDomainsPerSession = (int)v },
            "Registrable domains that one session uses in window_minutes. A request for one more is refused."),
        new Field<BudgetSection>("window_minutes", KindOf.Whole(0, 10080, "minutes", "as long as the session is remembered"), Weakens.WhenLowered,
            s => s.WindowMinutes, (s, v) => s with { WindowMinutes = (int)v },
            "Time in which requests, bytes and domains count; it slides."),
        new Field<BudgetSection>("dow_action", Choices.Refusal, Weakens.WhenRaised,
            s => s.DowAction, (s, v) => s with { DowAction = (ScanAction)v },
            "What a budget of calls that is used up does; the others refuse. warn, the default: it is recorded; asking again and again for the same thing is how agents wait."));
}
