using System.Net;
using System.Security.Cryptography.X509Certificates;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;
using Postern.Transports.Http.Local;
using Postern.Transports.Http.Server;
using Postern.Transports.Http.Tls;
using Postern.Transports.Resolving;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Tests.Conformance;

/// <summary>The firewall as the program composes it, on real sockets, with an upstream behind it and its seams in the scenario's hands.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly CertificateAuthority _authority = CertificateAuthority.Create(TimeProvider.System);
    private readonly UpstreamRelease _release;
    private readonly ProxyServer _server;

    private World(Upstream upstream, SecurityPolicy policy)
    {
        Upstream = upstream;
        Leaves = new LeafCertificates(_authority, TimeProvider.System);
        Policies = new PolicyHolder(new PolicySnapshot(1, "test", policy));
        Meter = new DecisionMeter(Evidence);
        var resolver = new SystemResolver(TimeProvider.System, LookUpAsync);
        var inspector = new Inspector(new InspectorSeams(Meter, new InProcessSessions(), resolver, Switch, Switch, TimeProvider.System, new byte[32]));
        _release = new UpstreamRelease(TimeSpan.FromSeconds(5), Trust);
        Checkpoint = new HttpCheckpoint(inspector, Policies, _release, TimeProvider.System);
        var facts = new ServiceFacts("test", 0, true, Evidence, TimeProvider.System);
        var local = new LocalEndpoints([new HealthEndpoint(Policies, Switch, facts), new StatsEndpoint(Meter, facts), new MetricsEndpoint(Meter, Switch, facts), new FetchEndpoint(Checkpoint, Fetch)]);
        Adapter = new HttpAdapter(Checkpoint, local);
        var gate = new TunnelGate(Checkpoint, Leaves, () => Stop.Token);
        var connect = new ConnectMiddleware(gate, TunnelLimits.Default, TimeProvider.System);
        _server = new ProxyServer([new ProxyEndpoint(new IPEndPoint(IPAddress.Loopback, 0), connect.Bind)], new ProxyServerOptions());
    }

    public Upstream Upstream { get; }

    public FaultyEvidence Evidence { get; } = new();

    public Switch Switch { get; } = new();

    public PolicyHolder Policies { get; }

    public DecisionMeter Meter { get; }

    public LeafCertificates Leaves { get; }

    public HttpCheckpoint Checkpoint { get; }

    public HttpAdapter Adapter { get; }

    /// <summary>What /fetch may do: little, so that a scenario can exceed it.</summary>
    public static FetchSettings Fetch { get; } = new() { MaxResponseBytes = 256 * 1024, Timeout = TimeSpan.FromSeconds(20) };

    public CancellationTokenSource Stop { get; } = new();

    public List<string> Lookups { get; } = [];

    public X509Certificate2 AuthorityCertificate => _authority.Certificate;

    public X509ChainPolicy Trust => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { _authority.Certificate },
    };

    public IPEndPoint Address => _server.Bound[0];

    public static async Task<World> StartAsync(Upstream upstream, SecurityPolicy? policy = null)
    {
        var world = new World(upstream, policy ?? TestPolicies.Default());
        await world._server.StartAsync(world.Adapter.ServeAsync, CancellationToken.None);
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop.CancelAsync();
        await _server.DisposeAsync();
        await Upstream.DisposeAsync();
        _release.Dispose();
        Leaves.Dispose();
        _authority.Dispose();
        Stop.Dispose();
    }

    private Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancel)
    {
        lock (Lookups)
        {
            Lookups.Add(host);
        }

        return Task.FromResult<IPAddress[]>(host.EndsWith(".test", StringComparison.Ordinal) ? [IPAddress.Loopback] : []);
    }
}
