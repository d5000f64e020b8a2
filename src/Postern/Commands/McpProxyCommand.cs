using System.CommandLine;
using System.Runtime.InteropServices;
using Postern.Engine.Configuration;
using Postern.Program.Running;
using Postern.Program.Sentinel;

namespace Postern.Program.Commands;

/// <summary><c>postern mcp proxy</c>: an MCP server with the firewall around it.</summary>
internal static class McpProxyCommand
{
    /// <summary>Each pipe that is read keeps a thread of the pool in the kernel; the others are there for everything else.</summary>
    private const int Threads = 8;

    public static Command Create()
    {
        var config = StandardOptions.Config();
        var home = StandardOptions.Home();
        var environment = new Option<string[]>("--env")
        {
            Description = "a variable for the server: NAME passes it on, NAME=value sets it; only PATH, HOME and the like pass by themselves",
            HelpName = "NAME[=VALUE]",
            DefaultValueFactory = static _ => [],
        };
        var listen = new Option<string?>("--listen", "-l") { Description = "address to listen on, in front of --upstream", HelpName = "ADDRESS:PORT" };
        var upstream = new Option<string?>("--upstream", "-u") { Description = "the server's URL, instead of a command", HelpName = "URL" };
        var name = new Option<string?>("--name") { Description = "what pins and evidence call the server; else its program or address, with a short hash", HelpName = "NAME" };
        var command = new Argument<string[]>("command") { Description = "the server (write -- before it)", Arity = ArgumentArity.ZeroOrMore };
        var proxy = new ExampledCommand(
            "proxy",
            "Runs an MCP server behind the firewall: put it in front of the server's command in your client's configuration. "
            + "Exit code 0 when the client ended the session, 10 when the server failed.")
        {
            Examples = ["postern mcp proxy -- npx -y @modelcontextprotocol/server-filesystem /data", "postern mcp proxy --env GITHUB_TOKEN -- github-mcp-server stdio", "postern mcp proxy --upstream https://mcp.example.com/mcp", "postern mcp proxy --listen 127.0.0.1:8889 --upstream https://mcp.example.com/mcp"],
        };
        proxy.Options.Add(config);
        proxy.Options.Add(home);
        proxy.Options.Add(environment);
        proxy.Options.Add(listen);
        proxy.Options.Add(upstream);
        proxy.Options.Add(name);
        var headers = new ServerHeaders(proxy);
        var contain = new Option<bool>("--sandbox") { Description = "contain the server: no network at all, no files but the workspace and the system's programs" };
        proxy.Options.Add(contain);
        var sandbox = new SandboxOptions(proxy, "sandbox-");
        proxy.Arguments.Add(command);
        proxy.SetAction((parsed, cancel) =>
        {
            var loaded = ConfigFile.Load(ConfigFile.Find(parsed.GetValue(config)));
            var place = Home.Find(parsed.GetValue(home));
            var wishes = sandbox.Of(parsed, []) with { IsRequired = true };
            var choice = McpServerChoice.Of(parsed.GetValue(command) ?? [], parsed.GetValue(listen), parsed.GetValue(upstream)) with
            {
                Environment = parsed.GetValue(environment) ?? [],
                GivenName = NameOf(parsed.GetValue(name)),
                Headers = headers.Of(parsed),
                Watch = (firewall, granted) => FileSentry.Start(firewall, loaded, SentryPlaces.Of(loaded, firewall, place, granted)),
                Contain = parsed.GetValue(contain) || wishes.Mode is not null ? server => ContainedServer.Of(loaded, place, wishes, server) : null,
            };
            return choice is { Contain: not null, Upstream: not null } ? throw new ConfigException("--sandbox contains a command; a server behind --upstream runs elsewhere")
                : choice is { Headers.Count: > 0, Upstream: null } ? throw new ConfigException("--header-env and --bearer-env are for a server behind --upstream")
                : RunAsync(loaded, place, choice, cancel);
        });
        return proxy;
    }

    private static string NameOf(string? given) => given is null || (given.Length is > 0 and <= 100 && !given.Any(char.IsControl))
        ? given ?? ""
        : throw new ConfigException("--name takes 1 to 100 characters without control characters");

    private static async Task<int> RunAsync(LoadedConfig loaded, Home home, McpServerChoice choice, CancellationToken cancel)
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        foreach (var warning in loaded.Warnings)
        {
            Console.Error.WriteLine("postern: " + warning);
        }

        var options = new FirewallOptions(home, new ListenAddress("127.0.0.1", 0), RunsCommand: false) { WrapsServer = true, Server = choice.Upstream };
        await using var firewall = new Firewall(loaded, options);
        await using var reload = loaded.Path is null ? null : new ConfigReload(firewall, loaded, loaded.Path) { RefusesWeakening = true };
        using var toggle = Signals.OnUser1(firewall.Switch.Toggle);
        return await (choice with { Integrity = loaded.Config.McpBinaryIntegrity }).RunAsync(firewall, cancel).ConfigureAwait(false);
    }
}
