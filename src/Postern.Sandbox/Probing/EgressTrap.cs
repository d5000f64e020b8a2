using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Postern.Sandbox.Probing;

/// <summary>
/// Stands outside with everything open that a probe could reach. Without it "closed" might only mean that nobody was there.
/// </summary>
public sealed class EgressTrap : IDisposable
{
    private const string ResolverFile = "/etc/resolv.conf";

    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("postern-trap-");
    private readonly string _name = "postern-trap-" + Guid.NewGuid().ToString("N");
    private readonly List<Socket> _sockets = [];
    private readonly Socket _udp;
    private readonly Process _process;

    /// <summary>Opens everything.</summary>
    public EgressTrap()
    {
        Tcp = Listen(new IPEndPoint(IPAddress.Loopback, 0)).ToString()!;
        Tcp6 = Socket.OSSupportsIPv6 ? Listen(new IPEndPoint(IPAddress.IPv6Loopback, 0)).ToString()! : "[::1]:9";
        _udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _sockets.Add(_udp);
        Listen(new UnixDomainSocketEndPoint(UnixPath));
        Listen(new UnixDomainSocketEndPoint("\0" + _name));
        _process = Process.Start(new ProcessStartInfo("/bin/sleep", ["600"]) { UseShellExecute = false })!;
    }

    /// <summary>The listener over IPv4, <c>address:port</c>.</summary>
    public string Tcp { get; }

    /// <summary>The listener over IPv6.</summary>
    public string Tcp6 { get; }

    /// <summary>True when a datagram arrived, which nobody but the receiver can know.</summary>
    public bool WasReachedByUdp => _udp.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    private string UnixPath => Path.Join(_place.FullName, "socket");

    /// <summary>What the probe is to try.</summary>
    /// <param name="secret">A file of Postern's own.</param>
    public EgressTargets Targets(string secret) => new(Tcp, Tcp6, _udp.LocalEndPoint!.ToString()!, Resolver(), UnixPath, _name, _process.Id, secret);

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        _place.Delete(recursive: true);
    }

    private EndPoint Listen(EndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Stream, at is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        socket.Bind(at);
        socket.Listen(8);
        _sockets.Add(socket);
        return socket.LocalEndPoint!;
    }

    /// <summary>The machine's first resolver; the address systemd's has by habit where none is named.</summary>
    private static string Resolver()
    {
        var lines = File.Exists(ResolverFile) ? File.ReadLines(ResolverFile) : [];
        return lines.Select(static line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(static words => words is ["nameserver", var address, ..] && IPAddress.TryParse(address, out _))?[1] ?? "127.0.0.53";
    }
}
