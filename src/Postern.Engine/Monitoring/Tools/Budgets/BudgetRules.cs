using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring.Tools.Budgets;

/// <summary>Calls that cost more than they can be worth. The confidence is that of the configured action.</summary>
internal static class BudgetRules
{
    public static readonly Rule Calls = Of("calls", "Too many calls in one session", "Begin a new session, or raise budget.max_tool_calls_per_session.");

    public static readonly Rule WallClock = Of("wall-clock", "The session has lasted too long", "Begin a new session, or raise budget.max_wall_clock_minutes.");

    public static readonly Rule Loop = Of("loop", "The same call again and again", "Change the arguments or stop; the answer will be the same.");

    public static readonly Rule Cycle = Of("cycle", "The same calls in a circle", "Change the plan; the calls repeat without a difference.");

    public static readonly Rule Growth = Of("growth", "Arguments that grow from call to call", "Send what is new, not everything said so far.");

    public static readonly Rule ToolRetries = Of("retries", "A tool that fails is called again and again", "Wait a minute, or repair what the error names.");

    public static readonly Rule ServerRetries = Of("server-retries", "A server that fails is called again and again", "Wait a minute, or repair the server.");

    public static readonly Rule FanOut = Of("fan-out", "Too many different tools at once", "Call fewer tools, or raise budget.fan_out_limit.");

    public static readonly Rule Concurrent = Of("concurrent", "Too many calls wait for their answers", "Wait for answers first, or raise budget.max_concurrent_tool_calls.");

    public static IEnumerable<Rule> All => [Calls, WallClock, Loop, Cycle, Growth, ToolRetries, ServerRetries, FanOut, Concurrent];

    private static Rule Of(string name, string title, string remedy) =>
        new("session.budget." + name, title, RuleCategory.Budget, Severity.Medium, Confidence.High, remedy);
}
