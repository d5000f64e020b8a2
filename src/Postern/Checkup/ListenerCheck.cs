using System.Net.Sockets;
using Postern.Engine.Configuration;
using Postern.Program.Commands;

namespace Postern.Program.Checkup;

/// <summary>Whether the main listener's port is free, or ours.</summary>
internal static class ListenerCheck
{
    private const string Name = "listener";

    public static async Task<CheckResult> RunAsync(ListenAddress address, CancellationToken cancel)
    {
        var endPoint = address.ToEndPoint();
        try
        {
            using var listener = new TcpListener(endPoint);
            listener.Start();
            listener.Stop();
            return CheckResult.Ok(Name, $"{address} is free");
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            var (isWell, why) = await HealthcheckCommand.ProbeAsync(endPoint, cancel).ConfigureAwait(false);
            return isWell
                ? CheckResult.Ok(Name, $"{address}: Postern is running")
                : new CheckResult(Name, Health.Fail, $"{address} is taken: {why}", "End what listens there, or restart it when it is Postern; or set fetch_proxy.listen to another port.");
        }
        catch (SocketException refused)
        {
            return new CheckResult(Name, Health.Fail, $"{address} cannot be bound: {refused.SocketErrorCode}", "Set fetch_proxy.listen to an address of this machine and a port above 1023.");
        }
    }
}
