using System.CommandLine;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Monitoring.Tools.Baseline;
using Postern.Program.Pins;

namespace Postern.Program.Commands;

/// <summary><c>postern mcp baseline</c>: how the tools of servers are usually called.</summary>
internal static class McpBaselineCommand
{
    public static Command Create()
    {
        var command = new Command("baseline", "Show, lock or clear how the tools of MCP servers are usually called (behavioral_baseline).");
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Change("lock", "Makes what was observed the rule: anything else deviates from now on.", Baselines.Lock));
        command.Subcommands.Add(Change("clear", "Forgets what was observed; a session that begins later observes anew.", static baseline => baseline.Revoke(static _ => true)));
        return command;
    }

    private static ExampledCommand Show()
    {
        var name = new Argument<string?>("server") { Description = "only this server; else all", Arity = ArgumentArity.ZeroOrOne };
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand("show", "Shows which tools were called, with which arguments and hosts.") { Examples = ["postern mcp baseline show", "postern mcp baseline show github"] };
        command.Arguments.Add(name);
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed => McpPinsCommand.Guard(() =>
        {
            var store = StoreOf(parsed.GetValue(home));
            var servers = parsed.GetValue(name) is { } one ? [Find(store, one)] : store.LoadAll();
            if (parsed.GetValue(json))
            {
                Json.PrintArray(servers.SelectMany(static server => Baselines.ToolsOf(server).Select(tool => (Server: server, tool.Tool, tool.Traits))), static (writer, row) =>
                {
                    writer.WriteString("server", row.Server.Server);
                    writer.WriteBoolean("locked", Baselines.IsLocked(row.Server));
                    writer.WriteString("tool", row.Tool);
                    writer.WriteTexts("traits", row.Traits);
                });
                return ExitCodes.Ok;
            }

            foreach (var server in servers)
            {
                Console.Out.WriteLine($"{Terminal.Plain(server.Server)}  {(Baselines.IsLocked(server) ? "locked" : "observing")}");
                foreach (var (tool, traits) in Baselines.ToolsOf(server))
                {
                    Console.Out.WriteLine("  " + McpPinsCommand.Visible(tool));
                    foreach (var trait in traits)
                    {
                        Console.Out.WriteLine("    " + McpPinsCommand.Visible(trait));
                    }
                }
            }

            return ExitCodes.Ok;
        }));
        return command;
    }

    private static ExampledCommand Change(string verb, string summary, Func<ServerPins, ServerPins> change)
    {
        var name = new Argument<string>("server") { Description = "a server of 'postern mcp baseline show'" };
        var home = StandardOptions.Home();
        var command = new ExampledCommand(verb, summary) { Examples = [$"postern mcp baseline {verb} github"] };
        command.Arguments.Add(name);
        command.Options.Add(home);
        command.SetAction(parsed => McpPinsCommand.Guard(() =>
        {
            var store = StoreOf(parsed.GetValue(home));
            var server = Find(store, parsed.GetValue(name)!).Server;
            store.Update(server, change);
            Console.Out.WriteLine($"{verb}: {Terminal.Plain(server)}");
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static PinFiles StoreOf(string? home) => new(Home.Find(home).Baselines);

    private static ServerPins Find(PinFiles store, string name) => store.Load(name) is { Pins.Count: > 0 } baseline
        ? baseline
        : throw new ConfigException($"nothing was observed of '{Terminal.Plain(name)}'; 'postern mcp baseline show' shows the servers");
}
