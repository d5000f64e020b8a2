using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>How much the calls of tools may cost. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="MaxToolCallsPerSession">Calls.</param>
/// <param name="MaxRetriesPerTool">Failures, or equal calls, of one tool.</param>
/// <param name="MaxRetriesPerEndpoint">Failures of one server.</param>
/// <param name="LoopDetectionWindow">Calls looked back at for loops.</param>
/// <param name="MaxWallClockMinutes">How long a session may last.</param>
/// <param name="MaxConcurrentToolCalls">Calls that wait for their answers.</param>
/// <param name="FanOutLimit">Different tools.</param>
/// <param name="FanOutWindowSeconds">Time in which they count.</param>
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
    ScanAction DowAction = ScanAction.Warn)
{
    internal static SectionSchema Schema => field ??= new(
        "How much the calls of tools may cost. A session is one principal with one server, and ends after 30 minutes without a call.",
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
        new Field<BudgetSection>("dow_action", Choices.Refusal, Weakens.WhenRaised,
            s => s.DowAction, (s, v) => s with { DowAction = (ScanAction)v },
            "What a budget that is used up does. warn, the default: it is recorded; asking again and again for the same thing is how agents wait."));
}
