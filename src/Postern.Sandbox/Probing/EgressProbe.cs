using System.Net;
using System.Net.Sockets;
using System.Text;
using Postern.Sandbox.Kernel;

namespace Postern.Sandbox.Probing;

/// <summary>Tries to leave, by every way that is known, from wherever it is started.</summary>
public static unsafe class EgressProbe
{
    /// <summary>The command line's first word that leads here.</summary>
    public const string Word = "sandbox-probe";

    /// <summary>The channel whose result only the other side knows.</summary>
    public const string Udp = "udp";

    /// <summary>The probe's word for a channel that leads out.</summary>
    public const string Open = "open";

    /// <summary>The probe's word for one that does not.</summary>
    public const string Closed = "closed";

    private const int Internet = 2;
    private const int Packet = 17;
    private const int Vsock = 40;
    private const int AnyStream = 1;
    private const int Raw = 3;
    private const int Icmp = 1;
    private const int Seize = 0x4206;
    private const int DnsPort = 53;
    private const int DnsOverTlsPort = 853;

    /// <summary>How long something may take to answer; what is closed is closed at once.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(700);

    private static readonly EgressChannel[] s_channels =
    [
        new("tcp", "a TCP connection to this machine's network", static to => Connects(IPEndPoint.Parse(to.Tcp))),
        new("tcp6", "the same over IPv6", static to => Connects(IPEndPoint.Parse(to.Tcp6))),
        new(Udp, "a datagram to this machine's network", static to => Sends(IPEndPoint.Parse(to.Udp))),
        new("dns", "a question to the resolver, by UDP", static to => Asks(Resolver(to, DnsPort))),
        new("dns-tcp", "a connection to the resolver", static to => Connects(Resolver(to, DnsPort))),
        new("dns-tls", "a connection to the resolver's TLS port", static to => Connects(Resolver(to, DnsOverTlsPort))),
        new("relay", "CONNECT through the firewall to this machine's network", Relays),
        new("raw", "a raw socket", static _ => Opens(Internet, Raw, Icmp)),
        new("packet", "a packet socket", static _ => Opens(Packet, Raw, 0)),
        new("vsock", "a socket to the hypervisor", static _ => Opens(Vsock, AnyStream, 0)),
        new("unix", "a Unix socket outside, by its path", static to => Connects(new UnixDomainSocketEndPoint(to.Unix))),
        new("abstract", "a Unix socket outside, by its abstract name", static to => Connects(new UnixDomainSocketEndPoint("\0" + to.Name))),
        new("proc", "the environment of a process outside", static to => Reads($"/proc/{to.Process}/environ")),
        new("ptrace", "taking over a process outside", static to => Native.Call(Numbers.Ptrace, Seize, to.Process) == 0),
        new("signal", "a signal to a process outside", static to => Native.Kill(to.Process, 0) == 0),
        new("io-uring", "calls that pass the filter of calls", static _ => Native.Call(425, 1, 0) >= 0 || Native.Error == Errno.BadAddress),
        new("secret", "a file of Postern's own", static to => Reads(to.Secret)),
    ];

    /// <summary>Name and meaning of every channel.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Channels { get; } = [.. s_channels.Select(static channel => (channel.Name, channel.Meaning))];

    /// <summary>Tries all and writes a line for each: its name, and <c>open</c> or <c>closed</c>.</summary>
    public static void Run(EgressTargets targets, TextWriter to)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(to);
        foreach (var channel in s_channels)
        {
            to.WriteLine(channel.Name + " " + (channel.IsOpen(targets) ? Open : Closed));
        }
    }

    private static bool Connects(EndPoint target)
    {
        try
        {
            using var socket = new Socket(target.AddressFamily, SocketType.Stream, target is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
            return socket.ConnectAsync(target).Wait(s_patience);
        }
        catch (Exception e) when (e is SocketException or AggregateException)
        {
            return false;
        }
    }

    /// <summary>The firewall's answer to a CONNECT begins with its status.</summary>
    private static bool Relays(EgressTargets targets)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)s_patience.TotalMilliseconds };
            socket.Connect(IPEndPoint.Parse(new Uri(Environment.GetEnvironmentVariable("HTTP_PROXY") ?? "http://127.0.0.1:8888").Authority));
            RawSocket.Put((int)socket.Handle, Encoding.ASCII.GetBytes($"CONNECT {targets.Tcp} HTTP/1.1\r\nHost: {targets.Tcp}\r\n\r\n"));
            var answer = new byte[64];
            return Encoding.ASCII.GetString(answer, 0, socket.Receive(answer)).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or ContainmentException)
        {
            return false;
        }
    }

    private static bool Sends(IPEndPoint target) => Datagram(target, static _ => true);

    private static bool Asks(IPEndPoint target) => Datagram(target, static socket => socket.Poll(s_patience, SelectMode.SelectRead) && socket.Receive(new byte[512]) > 0);

    private static bool Datagram(IPEndPoint target, Func<Socket, bool> then)
    {
        // A question for the addresses of the root: id, recursion wanted, one question, name, type, class.
        ReadOnlySpan<byte> question = [0x50, 0x53, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1];
        try
        {
            using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(target);
            RawSocket.Put((int)socket.Handle, question);
            return then(socket);
        }
        catch (Exception e) when (e is SocketException or ContainmentException)
        {
            return false;
        }
    }

    private static bool Opens(int family, int type, int protocol)
    {
        var socket = Native.Call(Numbers.Socket, family, type, protocol);
        return socket >= 0 && Native.Close((int)socket) == 0;
    }

    private static bool Reads(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            return file.ReadByte() >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IPEndPoint Resolver(EgressTargets targets, int port) => new(IPAddress.Parse(targets.Resolver), port);
}
