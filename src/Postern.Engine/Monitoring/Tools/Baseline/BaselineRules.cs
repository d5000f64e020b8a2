using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring.Tools.Baseline;

/// <summary>The rules about calls that are not what is usual.</summary>
internal static class BaselineRules
{
    /// <summary>A tool, an argument or a host that was never seen while the baseline was made.</summary>
    public static Rule Deviation { get; } = Of("session.baseline.deviation", "Call unlike any that was observed",
        "Look at the call; if it is usual from now on, run 'postern mcp baseline clear SERVER', observe again and lock.");

    /// <summary>The baseline cannot be read or kept.</summary>
    public static Rule Lost { get; } = Of("session.baseline.lost", "Baseline cannot be read or kept", "Repair the baselines directory in Postern's home, or clear the server's baseline.");

    /// <summary>All of them, for the catalogue.</summary>
    public static IEnumerable<Rule> All => [Deviation, Lost];

    private static Rule Of(string id, string title, string remedy) => new(id, title, RuleCategory.Session, Severity.High, Confidence.High, remedy);
}
