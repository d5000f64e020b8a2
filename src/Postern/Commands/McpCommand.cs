using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern mcp</c>.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var command = new Command("mcp", "Stand in front of an MCP server.");
        command.Subcommands.Add(McpProxyCommand.Create());
        command.Subcommands.Add(McpPinsCommand.Create());
        command.Subcommands.Add(McpBaselineCommand.Create());
        command.Subcommands.Add(McpScanCommand.Create());
        return command;
    }
}
