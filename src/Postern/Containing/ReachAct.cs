using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Postern.Program.Containing;

/// <summary>Tries as the agent to reach a listener made for it; that something arrives is the fault.</summary>
/// <param name="Agent">The user.</param>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Address">A loopback address of either family: the rules know no other place but the firewall's port.</param>
internal sealed record ReachAct(string Agent, ProtocolType Protocol, IPAddress Address) : Act
{
    /// <inheritdoc/>
    public override string Line => Knock(Agent, Device(0)).Line;

    /// <inheritdoc/>
    public override string? Fault()
    {
        using var listener = new Socket(Address.AddressFamily, Protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, Protocol);
        listener.Bind(new IPEndPoint(Address, 0));
        if (Protocol == ProtocolType.Tcp)
        {
            listener.Listen();
        }

        // A program that is missing also fails to reach anything: first one must see that the agent can be acted as.
        return new RunAct("runuser", "-u", Agent, "--", "bash", "-c", "true").Fault() is { } cannot ? "cannot be tried: " + cannot
            : Knock(Agent, Device(((IPEndPoint)listener.LocalEndPoint!).Port)).Fault() is null || listener.Poll(0, SelectMode.SelectRead) ? $"{Agent} sends {Protocol} to {Address}"
            : null;
    }

    /// <summary>Writes a byte to one of bash's network devices as the agent.</summary>
    public static RunAct Knock(string agent, string device) => new("runuser", "-u", agent, "--", "timeout", "5", "bash", "-c", "echo > " + device);

    private string Device(int port) => string.Create(CultureInfo.InvariantCulture, $"/dev/{(Protocol == ProtocolType.Tcp ? "tcp" : "udp")}/{Address}/{port}");
}
