using System.Net;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Program.Checkup;
using Postern.Program.Running;
using Postern.Transports.Control.Simulation;
using Postern.Transports.Http.Tls;
using Postern.Transports.Mcp;
using Postern.Transports.Mcp.Http;

namespace Postern.Program.Posture;

/// <summary>
/// The firewall as the program composes it, under the configuration that is measured, between an agent and a world that are both of
/// this process. Listeners, files and people of the configuration are left out; nothing of its policy is.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private const string Agent = "local";
    private readonly SimulatedServer _world;
    private readonly DirectoryInfo _folder;
    private readonly Home _home;
    private readonly LoadedConfig _loaded;
    private Task<IReadOnlyList<CheckResult>>? _contained;
    private int _session;
    private int _request;
    private McpListener? _listener;

    private Stage(LoadedConfig loaded, SimulatedServer world, DirectoryInfo folder)
    {
        (_world, _folder, _loaded, Host) = (world, folder, loaded, HostOf(loaded.Config));
        _home = Home.Find(Path.Combine(folder.FullName, "home"));
        var options = new FirewallOptions(_home, new ListenAddress("127.0.0.1", 0), RunsCommand: true)
        {
            Simulation = new Simulation(new SimulatedNames(), Rulings, world.Address, world.Trust),
        };
        Firewall = new Firewall(loaded, options);
    }

    /// <summary>The firewall.</summary>
    public Firewall Firewall { get; }

    /// <summary>What spoke.</summary>
    public RulingBook Rulings { get; } = new();

    /// <summary>A host that the configuration lets the agent reach.</summary>
    public string Host { get; }

    /// <summary>The MCP server of the scenario at hand.</summary>
    public McpScript Server { get; private set; } = new();

    /// <summary>Who asks.</summary>
    public SimulatedAgent Caller { get; private set; } = null!;

    /// <summary>Begins to listen.</summary>
    /// <param name="loaded">The configuration to measure.</param>
    /// <param name="home">The home that it runs in: whether tunnels are read depends on the authority there.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Stage> OpenAsync(LoadedConfig loaded, Home home, CancellationToken cancel)
    {
        var world = new SimulatedServer();
        await world.StartAsync(cancel).ConfigureAwait(false);
        var stage = new Stage(ConfigFile.With(loaded, Indoors(loaded.Config, home)), world, Directory.CreateTempSubdirectory("postern-simulate-"));
        await stage.Firewall.Listeners.StartAsync(cancel).ConfigureAwait(false);
        string[] roots = stage.Firewall.Authority is { } authority ? [world.RootPem, authority.CertificatePem] : [world.RootPem];
        stage.Caller = new SimulatedAgent(stage.Firewall.Listeners.Proxy, roots);
        return stage;
    }

    /// <summary>Forgets what went before: the next scenario is another agent's, before another server.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        await Firewall.Sessions.ForgetAsync(Agent, 0, cancel).ConfigureAwait(false);
        await LeaveServerAsync().ConfigureAwait(false);
        (_listener, Server) = (null, new McpScript());
        if (Directory.Exists(_home.Pins))
        {
            Directory.Delete(_home.Pins, recursive: true);
        }

        Answering(static _ => SimulatedAnswer.Plain);
        _world.TakeArrivals();
        Rulings.TakeRules();
    }

    /// <summary>Has the world answer so.</summary>
    public void Answering(Func<string, SimulatedAnswer> answer) => _world.Answer = answer;

    /// <summary>A number that no request has had yet.</summary>
    public int NextId() => ++_request;

    /// <summary>True when a text arrived in the world since this was last asked.</summary>
    public bool HasArrived(string text) => _world.TakeArrivals().Any(arrival => arrival.Contains(text, StringComparison.Ordinal));

    /// <summary>The listener in front of the scenario's MCP server.</summary>
    public async Task<IPEndPoint> McpAsync(CancellationToken cancel)
    {
        if (_listener is null)
        {
            Answering(arrival => Server.Answer(arrival));
            var parts = new McpParts(Firewall.Parts.Inspector, Firewall.Policies, $"simulated-{++_session}", Firewall.Parts.Time);
            _listener = new McpListener(parts, new McpListenerSettings(new IPEndPoint(IPAddress.Loopback, 0), new Uri($"http://{Host}/mcp")) { Detour = _world.Address, UpstreamTrust = _world.Trust });
            await _listener.StartAsync(cancel).ConfigureAwait(false);
        }

        return _listener.Address;
    }

    /// <summary>What a contained command could reach: tried once, in a run of its own.</summary>
    public Task<IReadOnlyList<CheckResult>> ContainedAsync(CancellationToken cancel) =>
        _contained ??= EgressCheck.RunAsync(_loaded, Home.Find(Path.Combine(_folder.FullName, "contained")), cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await LeaveServerAsync().ConfigureAwait(false);
        await Firewall.DisposeAsync().ConfigureAwait(false);
        await _world.DisposeAsync().ConfigureAwait(false);
        _folder.Delete(recursive: true);
    }

    private async Task LeaveServerAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The configuration without what reaches out of this process: ports, files, people. With an authority of its own where there is one.</summary>
    public static PosternConfig Indoors(PosternConfig config, Home home)
    {
        var tls = config.TlsInterception;
        var isRead = tls.Enabled == InterceptionMode.On
            || (tls.Enabled != InterceptionMode.Off && (tls.CaCert.Length > 0 || File.Exists(Path.Combine(home.Path, CertificateAuthority.CertificateFileName))));
        return config with
        {
            TlsInterception = tls with { Enabled = isRead ? InterceptionMode.On : InterceptionMode.Off, CaCert = "", CaKey = "" },
            FlightRecorder = new FlightRecorderSection(),
            Logging = new LoggingSection(),
            Emit = new EmitSection(),
            Agents = [.. config.Agents.Select(static agent => agent with { Listeners = [] })],
            Control = new ControlSection(),
            Approvals = new ApprovalsSection(),
            ReverseProxy = new ReverseProxySection(),
            ScanApi = new ScanApiSection(),
            MetricsListen = "",
        };
    }

    /// <summary>In mode strict a host of the list, else any.</summary>
    private static string HostOf(PosternConfig config) => config.Mode == Engine.Policy.Mode.Strict
        && config.ApiAllowlist.FirstOrDefault(host => !config.TlsInterception.PassthroughDomains.Contains(host) && !IPAddress.TryParse(host, out _)) is { } listed
        ? listed.Replace("*.", "www.", StringComparison.Ordinal)
        : "www.example.com";
}
