using Postern.Engine.Detection;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Inspection;

namespace Postern.Engine.Mcp;

/// <summary>The JSON-RPC error codes of refusals: fixed integers outside the blocks that JSON-RPC and MCP reserve.</summary>
public static class McpCodes
{
    /// <summary>What the message contains.</summary>
    public const int Content = 46001;

    /// <summary>A rule about the tool or its arguments.</summary>
    public const int ToolPolicy = 46002;

    /// <summary>What came before: a chain of calls, a budget, the state of the session.</summary>
    public const int Session = 46003;

    /// <summary>Nobody approved in time.</summary>
    public const int NotApproved = 46004;

    /// <summary>The kill switch is on.</summary>
    public const int Halted = 46005;

    /// <summary>The message, or its record, could not be handled.</summary>
    public const int Uninspectable = 46006;

    /// <summary>The code of a refusal.</summary>
    public static int Of(Refused refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return refused.Kind switch
        {
            RefusalKind.Halted => Halted,
            RefusalKind.NotApproved => NotApproved,
            RefusalKind.Budget or RefusalKind.Unidentified => Session,
            RefusalKind.Policy when refused.Decisive?.Rule is { Category: RuleCategory.Session } => Session,
            RefusalKind.Policy when refused.Decisive?.Rule == DefinitionRules.Unlisted => Session,
            RefusalKind.Policy when refused.Decisive?.Rule.Category == RuleCategory.Tool => ToolPolicy,
            RefusalKind.Policy when refused.Decisive?.Rule.Category != RuleCategory.Uninspectable => Content,
            _ => Uninspectable,
        };
    }

    /// <summary>True when the same message may pass later: the reason lies in the moment, not in the message.</summary>
    public static bool IsRetryable(RefusalKind kind) =>
        kind is RefusalKind.Budget or RefusalKind.Halted or RefusalKind.NotApproved or RefusalKind.Cancelled or RefusalKind.EvidenceLost or RefusalKind.Unavailable;
}
