using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Postern.Engine.Configuration;
using Postern.Transports.Control;

namespace Postern.Program.Commands;

/// <summary><c>postern healthcheck</c>: the probe of containers.</summary>
internal static class HealthcheckCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var address = new Option<string>("--addr")
        {
            Description = "where it listens (default 127.0.0.1:8888)",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = static _ => "127.0.0.1:8888",
        };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("healthcheck", "Asks a running firewall's /health. Exit code 0 when it is well, 1 when not.")
        {
            Examples = ["postern healthcheck --addr 127.0.0.1:8888"],
        };
        command.Options.Add(address);
        command.Options.Add(json);
        command.SetAction((parsed, cancel) => AskAsync(parsed.GetValue(address)!, parsed.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> AskAsync(string text, bool asJson, CancellationToken cancel)
    {
        if (!ListenAddress.TryParse(text, out var address))
        {
            throw new ConfigException("--addr takes an IP address or localhost, and a port, such as 127.0.0.1:8888");
        }

        var (isWell, why) = await ProbeAsync(address.ToEndPoint(), cancel).ConfigureAwait(false);
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteBoolean("healthy", isWell);
                writer.WriteString("address", address.ToString());
                writer.WriteString("detail", why);
            });
        }
        else
        {
            (isWell ? Console.Out : Console.Error).WriteLine($"{address}: {why}");
        }

        return isWell ? ExitCodes.Ok : ExitCodes.Finding;
    }

    /// <summary>Asks, and puts the answer into words.</summary>
    public static async Task<(bool IsWell, string Why)> ProbeAsync(IPEndPoint listener, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_patience);
        try
        {
            var answer = await HealthProbe.AskAsync(listener, patience.Token).ConfigureAwait(false);
            return answer switch
            {
                { IsWell: true } => (true, "ok"),
                { IsPostern: true, HasLostEvidence: true } => (false, "evidence is lost: nothing passes until it is restarted"),
                { IsPostern: true, Status: 503 } => (false, "halted: the kill switch is on"),
                { IsPostern: true } => (false, $"answered {answer.Status}"),
                _ => (false, "something else listens there"),
            };
        }
        catch (SocketException refused)
        {
            return (false, "no answer: " + refused.SocketErrorCode);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (false, "no answer in time");
        }
    }
}
