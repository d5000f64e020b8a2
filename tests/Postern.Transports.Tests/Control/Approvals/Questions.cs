using Postern.Engine.Inspection;
using Postern.Transports.Control.Approvals;

namespace Postern.Transports.Tests.Control.Approvals;

/// <summary>Questions as the inspector asks them.</summary>
internal static class Questions
{
    public static ApprovalRequest Request(string exact = "exact", string alike = "alike") => new("agent", "mcp-stdio", "server", "tools/call run")
    {
        Direction = "outbound",
        Risk = "medium",
        Excerpt = "{\"command\":\"rm -rf /\"}\e[2J",
        Reasons = [new ApprovalReason("tool.test", "Test", "medium", "medium", "args$.\e[2J\u202ex")],
        Exact = exact,
        Alike = alike,
    };

    public static PendingApproval Pending() => new(1, Request(), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(30));
}
