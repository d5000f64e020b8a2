using System.Net;
using System.Security.Cryptography.X509Certificates;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Http;
using Postern.Transports.Http.Local;
using Postern.Transports.Http.Tls;
using Postern.Transports.Resolving;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Tests.Conformance;

/// <summary>The firewall as the program composes it, on real sockets, with an upstream behind it and its seams in the scenario's hands.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly CertificateAuthority _authority = CertificateAuthority.Create(TimeProvider.System);
    private readonly ProxyListener _listener;

    private World(Upstream upstream, SecurityPolicy policy, Func<ProxySettings, ProxySettings> adjust)
    {
        Upstream = upstream;
        Leaves = new LeafCertificates(_authority, TimeProvider.System);
        Policies = new PolicyHolder(new PolicySnapshot(1, "test", policy));
        Meter = new DecisionMeter(Evidence);
        var resolver = new SystemResolver(TimeProvider.System, LookUpAsync);
        Inspector = new Inspector(new InspectorSeams(Meter, new InProcessSessions(), resolver, Switch, Switch, TimeProvider.System, new byte[32]));
        var facts = new ServiceFacts("test", 0, true, Evidence, TimeProvider.System);
        var settings = new ProxySettings(new IPEndPoint(IPAddress.Loopback, 0))
        {
            Leaves = Leaves,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            UpstreamTrust = Trust,
            Fetch = Fetch,
        };
        Parts = new ProxyParts(Inspector, Policies, Meter, facts, TimeProvider.System);
        _listener = new ProxyListener(Parts, adjust(settings));
    }

    public Upstream Upstream { get; }

    public FaultyEvidence Evidence { get; } = new();

    public Switch Switch { get; } = new();

    public PolicyHolder Policies { get; }

    public DecisionMeter Meter { get; }

    public LeafCertificates Leaves { get; }

    public Inspector Inspector { get; }

    public ProxyParts Parts { get; }

    /// <summary>What /fetch may do: little, so that a scenario can exceed it.</summary>
    public static FetchSettings Fetch { get; } = new() { MaxResponseBytes = 256 * 1024, Timeout = TimeSpan.FromSeconds(20) };

    public List<string> Lookups { get; } = [];

    public X509Certificate2 AuthorityCertificate => _authority.Certificate;

    public X509ChainPolicy Trust => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { _authority.Certificate },
    };

    public IPEndPoint Address => _listener.Address;

    /// <summary>The listener of the agent that a scenario gave one.</summary>
    public IPEndPoint AgentAddress => _listener.AgentAddresses.First();

    public static Task<World> StartAsync(Upstream upstream, SecurityPolicy? policy = null) => StartAsync(upstream, policy, static settings => settings);

    public static Task<World> StartAsync(Upstream upstream, Func<ProxySettings, ProxySettings> adjust) => StartAsync(upstream, null, adjust);

    public async ValueTask DisposeAsync()
    {
        // As an operator stops in a hurry: what runs opaque would keep the listener waiting.
        Switch.Halt();
        await _listener.DisposeAsync();
        await Upstream.DisposeAsync();
        Leaves.Dispose();
        _authority.Dispose();
        Switch.Dispose();
    }

    private static async Task<World> StartAsync(Upstream upstream, SecurityPolicy? policy, Func<ProxySettings, ProxySettings> adjust)
    {
        var world = new World(upstream, policy ?? TestPolicies.Default(), adjust);
        await world._listener.StartAsync(CancellationToken.None);
        return world;
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
