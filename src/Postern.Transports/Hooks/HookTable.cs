namespace Postern.Transports.Hooks;

/// <summary>The events of every host. One that does not stand here is refused: nobody knows what it asks.</summary>
internal static class HookTable
{
    private const string Shell = "bash";
    private const string Read = "read_file";
    private const string Write = "write_file";

    private static readonly HookRow[] s_claude =
    [
        new("PreToolUse", HookShape.Permission) { NamesCall = true },
        new("PostToolUse", HookShape.Result) { Brings = "tool_response" },
        new("PostToolUseFailure", HookShape.Result) { Brings = "error" },
        new("UserPromptSubmit", HookShape.Prompt) { Says = "prompt" },
        .. Notices("SessionStart", "SessionEnd", "Stop", "StopFailure", "SubagentStart", "SubagentStop", "Notification", "PreCompact", "PostCompact"),
    ];

    private static readonly HookRow[] s_cursor =
    [
        new("preToolUse", HookShape.Permission) { NamesCall = true },
        new("beforeShellExecution", HookShape.Permission) { Tool = Shell, Arguments = ["command", "cwd"] },
        new("beforeMCPExecution", HookShape.Permission) { NamesCall = true },
        new("beforeReadFile", HookShape.Permission) { Tool = Read, Arguments = ["file_path"], Brings = "content" },
        new("beforeTabFileRead", HookShape.Permission) { Tool = Read, Arguments = ["file_path"], Brings = "content" },
        new("subagentStart", HookShape.Permission) { Says = "task" },
        new("beforeSubmitPrompt", HookShape.Prompt) { Says = "prompt" },
        new("postToolUse", HookShape.Result) { Brings = "tool_output" },
        new("postToolUseFailure", HookShape.Result) { Brings = "error_message" },
        new("afterShellExecution", HookShape.Result) { Brings = "output" },
        new("afterMCPExecution", HookShape.Result) { Brings = "result_json" },
        new("afterFileEdit", HookShape.Result) { Tool = Write, Arguments = ["file_path", "edits"] },
        new("afterTabFileEdit", HookShape.Result) { Tool = Write, Arguments = ["file_path", "edits"] },
        .. Notices("sessionStart", "sessionEnd", "stop", "subagentStop", "preCompact", "afterAgentResponse", "afterAgentThought"),
    ];

    /// <summary>The row of an event; null when the host has none of that name.</summary>
    public static HookRow? Find(HookHost host, string name) => Array.Find(host == HookHost.Claude ? s_claude : s_cursor, row => row.Event == name);

    private static IEnumerable<HookRow> Notices(params string[] names) => names.Select(static name => new HookRow(name, HookShape.Result));
}
