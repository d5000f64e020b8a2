using Postern.Transports.Hooks;

namespace Postern.Program.Hosts;

/// <summary>Every host that can be set up.</summary>
internal static class HostTable
{
    private static readonly string[] s_mcpServers = ["mcpServers"];

    public static AgentHost[] All { get; } =
    [
        new("claude-code", "Claude Code")
        {
            Files = [new("~/.claude.json", s_mcpServers, ["projects", "*", "mcpServers"]) { Variable = "CLAUDE_CONFIG_DIR" }, new("./.mcp.json", s_mcpServers)],
            Hooks = new(HookHost.Claude, [new("~/.claude/settings.json") { Variable = "CLAUDE_CONFIG_DIR" }, new("./.claude/settings.json")], ["PreToolUse", "PostToolUse", "UserPromptSubmit"]),
        },
        new("claude-desktop", "Claude Desktop") { Files = [new("config:/Claude/claude_desktop_config.json", s_mcpServers)] },
        new("cursor", "Cursor")
        {
            Files = [new("~/.cursor/mcp.json", s_mcpServers), new("./.cursor/mcp.json", s_mcpServers)],
            Hooks = new(
                HookHost.Cursor,
                [new("~/.cursor/hooks.json"), new("./.cursor/hooks.json")],
                ["preToolUse", "postToolUse", "beforeShellExecution", "beforeMCPExecution", "beforeReadFile", "beforeSubmitPrompt", "subagentStart", "afterFileEdit"]),
        },
        new("vscode", "Visual Studio Code")
        {
            Files = [new("config:/Code/User/mcp.json", ["servers"]), new("config:/Code/User/settings.json", ["mcp", "servers"]), new("./.vscode/mcp.json", ["servers"])],
            NeedsType = true,
        },
        new("jetbrains", "JetBrains (Junie)") { Files = [new("~/.junie/mcp/mcp.json", s_mcpServers), new("./.junie/mcp/mcp.json", s_mcpServers)] },
        new("codex", "Codex")
        {
            Files = [new("~/.codex/config.toml", ["mcp_servers"]) { Variable = "CODEX_HOME" }, new("./.codex/config.toml", ["mcp_servers"])],
            NamesVariables = true,
        },
        new("gemini", "Gemini CLI") { Files = [new("~/.gemini/settings.json", s_mcpServers), new("./.gemini/settings.json", s_mcpServers)], MeansEventsByUrl = true },
        new("zed", "Zed") { Files = [new("xdg:/zed/settings.json", ["context_servers"]), new("./.zed/settings.json", ["context_servers"])] },
        new("cline", "Cline")
        {
            Files =
            [
                new("config:/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json", s_mcpServers),
                new("~/.cline/data/settings/cline_mcp_settings.json", s_mcpServers),
            ],
        },
        new("windsurf", "Windsurf") { Files = [new("~/.codeium/windsurf/mcp_config.json", s_mcpServers)] },
        new("opencode", "OpenCode")
        {
            Files = [new("xdg:/opencode/opencode.json", ["mcp"], ["mcp", "servers"]), new("xdg:/opencode/opencode.jsonc", ["mcp"], ["mcp", "servers"]), new("./opencode.json", ["mcp"], ["mcp", "servers"])],
            LocalType = "local",
            NeedsType = true,
            ListsCommand = true,
            Environment = "environment",
        },
    ];

    public static AgentHost? Find(string name) => Array.Find(All, host => host.Name == name);
}
