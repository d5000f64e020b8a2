using Postern.Engine.Configuration.Schema;
using Postern.Engine.Monitoring;

namespace Postern.Engine.Configuration.Sections;

/// <summary>How much a session may use, and how much the calls of tools may cost. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="MaxToolCallsPerSession">Calls.</param>
/// <param name="MaxRetriesPerTool">Failures of one tool in a row, and equal calls of it in loop_detection_window.</param>
/// <param name="MaxRetriesPerEndpoint">Failures of one server.</param>
/// <param name="LoopDetectionWindow">Calls looked back at for equal calls, cycles and growth.</param>
/// <param name="MaxWallClockMinutes">How long a session may last.</param>
/// <param name="MaxConcurrentToolCalls">Calls that wait for their answers.</param>
/// <param name="FanOutLimit">Different tools.</param>
/// <param name="FanOutWindowSeconds">Time in which different tools count.</param>
/// <param name="MaxRequestsPerSession">Requests of one session.</param>
/// <param name="MaxBytesPerSession">Bytes of one session.</param>
/// <param name="MaxUniqueDomainsPerSession">Domains of one session.</param>
/// <param name="WindowMinutes">Time in which requests, bytes and domains count.</param>
/// <param name="DowAction">What a budget that is used up does.</param>
public sealed record BudgetSection(
    int MaxToolCallsPerSession = 0,
    int MaxRetriesPerTool = 5,
    int MaxRetriesPerEndpoint = 20,
    int LoopDetectionWindow = 20,
    int MaxWallClockMinutes = 0,
    int MaxConcurrentToolCalls = 10,
    int FanOutLimit = 50,
    int FanOutWindowSeconds = 60,
    int MaxRequestsPerSession = 0,
    long MaxBytesPerSession = 0,
    int MaxUniqueDomainsPerSession = 0,
    int WindowMinutes = 60,
    ScanAction DowAction = ScanAction.Warn)
{
    internal static SectionSchema Schema => field ??= new(
        "How much a session may use, and how much the calls of tools may cost. For calls a session is one agent with one server, and ends after 30 minutes without a call.",
        static () => new BudgetSection(),
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
