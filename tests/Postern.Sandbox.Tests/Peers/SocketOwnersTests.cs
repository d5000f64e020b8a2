using System.Net;
using System.Net.Sockets;
using Postern.Sandbox.Peers;

namespace Postern.Sandbox.Tests.Peers;

/// <summary>Whose connection it is, asked of the kernel.</summary>
public sealed class SocketOwnersTests
{
    public static TheoryData<string, string> Addresses => new()
    {
        { "127.0.0.1", "127.0.0.1" },
        { "::1", "::1" },
        { "::ffff:127.0.0.1", "127.0.0.1" },
    };

    [NeedsTheory("linux")]
    [MemberData(nameof(Addresses))]
    public void Names_the_process_at_the_clients_end(string dialled, string listened)
    {
        using var listener = new TcpListener(IPAddress.Parse(listened), 0);
        listener.Start();
        using var client = new Socket(IPAddress.Parse(dialled).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (IPAddress.Parse(dialled).IsIPv4MappedToIPv6)
        {
            client.DualMode = true;
        }

        client.Connect(IPAddress.Parse(dialled), ((IPEndPoint)listener.LocalEndpoint).Port);
        using var accepted = listener.AcceptSocket();
        using var owners = new SocketOwners();

        var owner = owners.Find((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!);

        Assert.Equal(Environment.ProcessId, owner?.Process);
        Assert.Equal(Environment.ProcessPath, owner?.Executable);
        Assert.NotEmpty(owner!.Command);
        Assert.Equal(owner, owners.Find((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!));
    }

    [NeedsFact("linux")]
    public void Knows_nobody_for_a_connection_that_is_not()
    {
        using var owners = new SocketOwners();

        Assert.Null(owners.Find(new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 2)));
    }

    [NeedsFact("linux")]
    public void Answers_nothing_when_it_is_over()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        var owners = new SocketOwners();
        owners.Dispose();

        Assert.Null(owners.Find((IPEndPoint)client.Client.LocalEndPoint!, (IPEndPoint)client.Client.RemoteEndPoint!));
    }
}
