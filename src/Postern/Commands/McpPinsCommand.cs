using System.CommandLine;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Program.Pins;

namespace Postern.Program.Commands;

/// <summary><c>postern mcp pins</c>: what servers said about their tools when they were trusted.</summary>
internal static class McpPinsCommand
{
    public static Command Create()
    {
        var command = new Command("pins", "List, show, approve or revoke the pinned definitions of MCP servers.");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Change("approve", "Trusts what a server says now, after you looked at it.", "postern mcp pins approve github", static (pins, which) => pins.Approve(which), static pin => pin.Pending is not null));
        command.Subcommands.Add(Change("revoke", "Forgets pins: the next list is trusted on first use again.", "postern mcp pins revoke github tool:create_issue", static (pins, which) => pins.Revoke(which), static _ => true));
        return command;
    }

    private static ExampledCommand List()
    {
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand("list", "Lists the servers. Exit code 1 when a change waits for approval.") { Examples = ["postern mcp pins list"] };
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed => Guard(() =>
        {
            var servers = StoreOf(parsed.GetValue(home)).LoadAll();
            if (parsed.GetValue(json))
            {
                Json.PrintArray(servers, static (writer, server) =>
                {
                    writer.WriteString("server", server.Server);
                    writer.WriteNumber("pins", server.Pins.Count);
                    writer.WriteTexts("pending", Waiting(server).Select(static pin => pin.Trusted.Key));
                });
            }
            else
            {
                foreach (var server in servers)
                {
                    var waiting = Waiting(server).Count();
                    Console.Out.WriteLine($"{Terminal.Plain(server.Server)}  {server.Pins.Count} pinned{(waiting > 0 ? ", " + Terminal.Red($"{waiting} changed") : "")}");
                }
            }

            return servers.Any(static server => Waiting(server).Any()) ? ExitCodes.Finding : ExitCodes.Ok;
        }));
        return command;
    }

    private static ExampledCommand Show()
    {
        var name = ServerArgument();
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand("show", "Shows what is pinned of a server, and what it says differently now.") { Examples = ["postern mcp pins show github"] };
        command.Arguments.Add(name);
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed => Guard(() =>
        {
            var server = Find(StoreOf(parsed.GetValue(home)), parsed.GetValue(name)!);
            if (parsed.GetValue(json))
            {
                Json.PrintArray(server.Pins, static (writer, pin) =>
                {
                    writer.WriteString("key", pin.Trusted.Key);
                    writer.WriteString("sha256", pin.Trusted.Hash);
                    writer.WriteString("trusted", pin.Trusted.Text);
                    writer.WriteTexts("changes", pin.Pending is { } pending ? DefinitionDiff.Lines(pin.Trusted, pending) : []);
                });
                return ExitCodes.Ok;
            }

            foreach (var pin in server.Pins)
            {
                Console.Out.WriteLine($"{Terminal.Plain(pin.Trusted.Key)}  {pin.Trusted.Hash[..16]}{(pin.Pending is null ? "" : "  " + Terminal.Red("changed"))}");
                foreach (var line in pin.Pending is { } pending ? DefinitionDiff.Lines(pin.Trusted, pending) : [])
                {
                    Console.Out.WriteLine("  " + Visible(line));
                }
            }

            return ExitCodes.Ok;
        }));
        return command;
    }

    private static ExampledCommand Change(string verb, string summary, string example, Func<ServerPins, Func<Pin, bool>, ServerPins> change, Func<Pin, bool> concerns)
    {
        var name = ServerArgument();
        var keys = new Argument<string[]>("key") { Description = "only these, such as tool:create_issue; else all", Arity = ArgumentArity.ZeroOrMore };
        var home = StandardOptions.Home();
        var command = new ExampledCommand(verb, summary) { Examples = [example] };
        command.Arguments.Add(name);
        command.Arguments.Add(keys);
        command.Options.Add(home);
        command.SetAction(parsed => Guard(() =>
        {
            var store = StoreOf(parsed.GetValue(home));
            var server = Find(store, parsed.GetValue(name)!);
            var wanted = parsed.GetValue(keys) ?? [];
            var changed = server.Pins.Where(pin => concerns(pin) && (wanted.Length == 0 || wanted.Contains(pin.Trusted.Key))).ToArray();
            if (changed.Length == 0)
            {
                throw new ConfigException($"{Terminal.Plain(server.Server)} has no such pin to {verb}");
            }

            // What was shown is what is approved: a server that changed once more in between waits again.
            store.Update(server.Server, pins => change(pins, pin => changed.Contains(pin)));
            foreach (var pin in changed)
            {
                Console.Out.WriteLine($"{verb}: {Terminal.Plain(pin.Trusted.Key)}");
            }

            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Argument<string> ServerArgument() => new("server") { Description = "a server of 'postern mcp pins list'" };

    private static PinFiles StoreOf(string? home) => new(Home.Find(home).Pins);

    private static IEnumerable<Pin> Waiting(ServerPins server) => server.Pins.Where(static pin => pin.Pending is not null);

    private static ServerPins Find(PinFiles store, string name) => store.Load(name) is { Pins.Count: > 0 } pins
        ? pins
        : throw new ConfigException($"nothing is pinned of '{Terminal.Plain(name)}'; 'postern mcp pins list' shows the servers");

    /// <summary>Text of a server, on one line, with nothing in it that a terminal would obey.</summary>
    public static string Visible(string line) => string.Concat(line.Select(static c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '?' : c));

    /// <summary>What the store cannot do is a message, not a crash.</summary>
    public static int Guard(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Terminal.Fail(e.Message);
            return ExitCodes.Finding;
        }
    }
}
