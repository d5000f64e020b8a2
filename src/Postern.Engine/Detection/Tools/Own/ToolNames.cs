using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Tools.Own;

/// <summary>The lists of tools that may, and that may not, be called.</summary>
/// <param name="allow">The only ones that may; empty for any.</param>
/// <param name="deny">Those that may not.</param>
internal sealed class ToolNames(string[] allow, string[] deny)
{
    private readonly string[] _deny = Array.ConvertAll(deny, Plain);

    /// <summary>A tool of the list of those that may not be called.</summary>
    public static Rule Denied { get; } = Of("tool.policy.denied", "Tool that may not be called", "Use another tool; mcp_tool_policy.deny names this one.");

    /// <summary>A tool that is not in the list of those that may be called.</summary>
    public static Rule NotAllowed { get; } = Of("tool.policy.not-allowed", "Tool that is not on the list", "Only the tools of mcp_tool_policy.allow may be called; add this one there if the task needs it.");

    /// <summary>The rule that forbids the tool; null when none does.</summary>
    public Rule? Forbids(string tool)
    {
        var plain = Plain(tool);
        return Array.Exists(_deny, pattern => Wildcard.IsMatch(pattern, plain)) ? Denied
            : allow.Length > 0 && !Array.Exists(allow, pattern => Wildcard.IsMatch(pattern, tool)) ? NotAllowed
            : null;
    }

    /// <summary>A server may take a name in other letters, or with blanks around it, for the same tool.</summary>
    private static string Plain(string name) => UnicodeFold.Fold(name).Trim().ToLowerInvariant();

    private static Rule Of(string id, string title, string remedy) => new(id, title, RuleCategory.Tool, Severity.Critical, Confidence.Certain, remedy);
}
