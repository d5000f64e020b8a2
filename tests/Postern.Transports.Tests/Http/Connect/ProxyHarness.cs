using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Postern.Transports.Http.Connect;
using Postern.Transports.Http.Server;
using Postern.Transports.Http.Tls;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Http.Connect;

/// <summary>A running proxy on a port of its own, with a scripted gate and the test application behind it.</summary>
internal sealed class ProxyHarness : IAsyncDisposable
{
    private readonly ProxyServer _server;

    private ProxyHarness(ProxyServer server, ScriptedGate gate, CertificateAuthority authority, LeafCertificates leaves)
    {
        _server = server;
        Gate = gate;
        Authority = authority;
        Leaves = leaves;
    }

    public ScriptedGate Gate { get; }

    public CertificateAuthority Authority { get; }

    public LeafCertificates Leaves { get; }

    public IPEndPoint Address => _server.Bound[0];

    public static Task<ProxyHarness> InterceptAsync() => StartAsync((request, leaves) => new InterceptTunnel(Clearance.Unruled("connect"), HostOf(request), request.Port, leaves));

    public static Task<ProxyHarness> RelayAsync(IRelayTarget target, TunnelLimits? limits = null, TimeProvider? clock = null, CancellationToken halt = default) =>
        StartAsync((request, _) => new RelayTunnel(Clearance.Unruled("connect"), HostOf(request), target, halt), limits, clock);

    public static async Task<ProxyHarness> StartAsync(
        Func<ConnectRequest, LeafCertificates, TunnelDecision> decide,
        TunnelLimits? limits = null,
        TimeProvider? clock = null)
    {
        var authority = CertificateAuthority.Create(TimeProvider.System);
        var leaves = new LeafCertificates(authority, TimeProvider.System);
        var gate = new ScriptedGate(request => decide(request, leaves));
        var middleware = new ConnectMiddleware(gate, limits ?? TunnelLimits.Default, clock ?? TimeProvider.System);
        var server = new ProxyServer([new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), middleware.Bind)], new ProxyServerOptions(ShutdownSeconds: 1));
        await server.StartAsync(TestApplication.ServeAsync, CancellationToken.None);
        return new ProxyHarness(server, gate, authority, leaves);
    }

    public static string HostOf(ConnectRequest request) => Encoding.ASCII.GetString(request.Host.Span);

    /// <summary>A client that trusts the authority and nothing else.</summary>
    public HttpClient Client(Version version) => new(Handler())
    {
        DefaultRequestVersion = version,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>The handler of such a client.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        Proxy = new WebProxy($"http://{Address}"),
        UseProxy = true,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust() },
    };

    public X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(Authority.Certificate);
        return policy;
    }

    /// <summary>A raw connection to the proxy.</summary>
    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(Address);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>A raw connection through which a tunnel has been opened.</summary>
    public async Task<NetworkStream> TunnelAsync(string authority)
    {
        var stream = await ConnectAsync();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n"));
        Assert.Equal("HTTP/1.1 200 Connection Established\r\n\r\n", await ReadHeadAsync(stream));
        return stream;
    }

    /// <summary>Reads up to and with the first empty line, and no further.</summary>
    public static async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Reads to the end; a reset counts as an end, and is told apart.</summary>
    public static async Task<(byte[] Bytes, bool Reset)> ReadToEndAsync(Stream stream)
    {
        var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all);
            return (all.ToArray(), false);
        }
        catch (IOException)
        {
            return (all.ToArray(), true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Leaves.Dispose();
        Authority.Dispose();
    }
}
