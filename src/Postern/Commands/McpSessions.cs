using System.ComponentModel;
using Postern.Engine.Configuration.Sections;
using Postern.Program.Pins;
using Postern.Program.Running;
using Postern.Transports.Http;
using Postern.Transports.Mcp;
using Postern.Transports.Mcp.Http;
using Postern.Transports.Mcp.Sockets;

namespace Postern.Program.Commands;

/// <summary>Runs what <c>postern mcp proxy</c> was asked for, and says how it ended.</summary>
internal static class McpSessions
{
    /// <summary>A command, spoken to over its standard input and output.</summary>
    public static async Task<int> WrapAsync(Firewall firewall, McpServerChoice choice, CancellationToken cancel)
    {
        if (choice.Integrity is { Enabled: true } integrity && ServerIntegrity.FaultOf(choice.Command, integrity) is { } fault)
        {
            Terminal.Fail(fault);
            if (integrity.Action == ScanAction.Block)
            {
                return ExitCodes.ServerFailed;
            }
        }

        var environment = ServerEnvironment.Of(Environment.GetEnvironmentVariables(), choice.Environment);
        var server = new ServerCommand(choice.Command[0], choice.Command[1..], environment);
        await using var contained = choice.Contain?.Invoke(server);
        await using var sentry = choice.Watch?.Invoke(firewall, contained?.Workspaces ?? []);
        var proxy = new StdioProxy(PartsOf(firewall, choice), contained?.Command ?? server);
        using var wire = StdioWire.OverPipes(Console.OpenStandardInput(), Console.OpenStandardOutput());
        try
        {
            var code = await proxy.RunAsync(wire, cancel).ConfigureAwait(false);
            if (code == 0)
            {
                return ExitCodes.Ok;
            }

            Terminal.Fail($"the server {Terminal.Plain(choice.Command[0])} ended with exit code {code}");
        }
        catch (Win32Exception e)
        {
            Terminal.Fail($"{Terminal.Plain(choice.Command[0])}: {e.Message}");
        }

        return ExitCodes.ServerFailed;
    }

    /// <summary>A URL, for an agent that speaks over standard input and output.</summary>
    public static async Task<int> BridgeAsync(Firewall firewall, McpServerChoice choice, CancellationToken cancel)
    {
        using var wire = StdioWire.OverPipes(Console.OpenStandardInput(), Console.OpenStandardOutput());
        var bridge = new StdioBridge(PartsOf(firewall, choice), choice.Upstream!);
        await bridge.RunAsync(wire, cancel).ConfigureAwait(false);
        return ExitCodes.Ok;
    }

    /// <summary>A WebSocket, for an agent that speaks over standard input and output.</summary>
    public static async Task<int> SocketAsync(Firewall firewall, McpServerChoice choice, CancellationToken cancel)
    {
        using var wire = StdioWire.OverPipes(Console.OpenStandardInput(), Console.OpenStandardOutput());
        var fault = await new SocketBridge(PartsOf(firewall, choice), choice.Upstream!).RunAsync(wire, cancel).ConfigureAwait(false);
        if (fault is null)
        {
            return ExitCodes.Ok;
        }

        Terminal.Fail($"{choice.Name}: {fault}");
        return ExitCodes.ServerFailed;
    }

    /// <summary>A listener in front of a server's URL.</summary>
    public static async Task<int> ListenAsync(Firewall firewall, McpServerChoice choice, CancellationToken cancel)
    {
        // Read by the runtime when the first socket is used: completions run where they arrive.
        Environment.SetEnvironmentVariable(ChildEnvironment.InlineCompletions, "1");
        var settings = new McpListenerSettings(choice.Listen!.ToEndPoint(), choice.Upstream!);
        await using var listener = new McpListener(PartsOf(firewall, choice), settings);
        await listener.StartAsync(cancel).ConfigureAwait(false);
        await Console.Error.WriteLineAsync($"postern {Product.Version} listens on {listener.Address} for {choice.Name}; evidence in {firewall.EvidenceDirectory}").ConfigureAwait(false);
        var ended = new TaskCompletionSource();
        await using var registration = cancel.Register(() => ended.TrySetResult()).ConfigureAwait(false);
        await ended.Task.ConfigureAwait(false);
        return ExitCodes.Ok;
    }

    private static McpParts PartsOf(Firewall firewall, McpServerChoice choice) =>
        new(firewall.Parts.Inspector, firewall.Policies, choice.Name, firewall.Parts.Time) { Headers = new OperatorHeaders(choice.Headers) };
}
