using System.Net;
using System.Net.Sockets;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Program.Pins;
using Postern.Sandbox.Peers;
using Postern.Transports.Control;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Control.Live;
using Postern.Transports.Evidence;
using Postern.Transports.Http;
using Postern.Transports.Http.Local;
using Postern.Transports.Http.Peers;
using Postern.Transports.Http.Reverse;
using Postern.Transports.Http.Tls;
using Postern.Transports.Resolving;
using Postern.Transports.Telemetry;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Program.Running;

/// <summary>The composition root: everything that runs, in the order in which it depends on what is above it.</summary>
internal sealed class Firewall : IAsyncDisposable
{
    private readonly EvidenceSigner _signer;
    private readonly FileRecorder _recorder;
    private readonly DecisionLog? _log;
    private readonly Emission _emission;
    private readonly EvidenceRetention _retention;
    private readonly NoteBook _notes;
    private readonly IApprovalDoor[] _doors;
    private readonly DecisionMeter _meter;
    private readonly LeafCertificates? _leaves;
    private readonly Lazy<Listeners> _listeners;
    private readonly SocketOwners? _owners;
    private readonly SharedState? _shared;
    private readonly Uri? _wrapped;
    private readonly Home _home;

    /// <summary>Composes; nothing listens yet.</summary>
    /// <exception cref="EvidenceUnsoundException">The evidence that is there does not verify.</exception>
    public Firewall(LoadedConfig loaded, FirewallOptions options)
    {
        var time = TimeProvider.System;
        _wrapped = options.Server;
        loaded = Trusting(loaded);
        var config = loaded.Config;
        _shared = SharedState.Open(config.SharedState);
        Sessions = _shared?.Sessions ?? new InProcessSessions();
        options.Home.Create();
        _signer = SignerOf(config.FlightRecorder.SigningKeyPath, options.Home);
        (_recorder, EvidenceDirectory) = EvidencePlace.Open(config.FlightRecorder, options.Home, _signer, time);
        List<IDecisionReader> readers = [];
        if (LogOutputs.Open(config.Logging, options.RunsCommand || options.WrapsServer) is { Count: > 0 } outputs)
        {
            readers.Add(_log = new DecisionLog(config.Logging, time, outputs));
        }

        var isSteered = config.Control.Listen.Length > 0 && !options.WrapsServer;
        var (feed, book) = (new LiveFeed(), new SessionBook());
        readers.AddRange(isSteered ? [feed, book] : []);
        readers.AddRange(options.Simulation is { } simulation ? [simulation.Rulings] : []);
        _meter = new DecisionMeter(readers.Count == 0 ? _recorder : new DecisionTap(_recorder, time, readers));
        _notes = new NoteBook(_meter);
        Switch = new KillSwitch(time, options.Home.Halt);
        Switch.Changed += _notes.Add;
        Switch.Terminated += actor => _notes.EndSession(actor, "terminated");
        Switch.Configure(config.KillSwitch.Enabled, config.KillSwitch.SentinelFile);
        Policies = new PolicyHolder(new PolicySnapshot(1, loaded.Hash, loaded.Policy));
        Authority = options.WrapsServer ? null : AuthorityPlace.Open(config.TlsInterception, options, time);
        _leaves = Authority is null ? null
            : new LeafCertificates(Authority, time, TimeSpan.FromSeconds(config.TlsInterception.CertTtlSeconds), config.TlsInterception.CertCacheSize);
        var callback = config.Approvals.WebhookSecret is { } secret ? new CallbackSignature(secret, time) : null;
        _doors = [.. DoorsOf(config.Approvals, isSteered ? callback : null, _notes)];
        var approvals = new ApprovalDesk(config.Approvals, time) { IsListening = isSteered, Doors = _doors };
        approvals.Recorded += _notes.Add;
        var inspector = new Inspector(new InspectorSeams(
            _meter, Sessions, options.Simulation?.Resolver ?? new SystemResolver(time), approvals, Switch, time, SigningKey.FingerprintKey(_signer))
        {
            Pins = new PinFiles(options.Home.Pins),
            Baselines = new PinFiles(options.Home.Baselines),
            Signer = _signer,
            StateKey = _shared?.FingerprintKey ?? SigningKey.FingerprintKey(_signer),
        });
        _shared?.Follow(Switch, time, Announce);
        _retention = new EvidenceRetention(EvidenceDirectory, LimitsOf(config.FlightRecorder), time);
        _retention.Start(_meter);
        _emission = new Emission(config.Emit, InstanceOf(config.Emit), EvidenceDirectory, time);
        var facts = new ServiceFacts(Product.Version, RuleCatalogue.Table.Rules.Count, Authority is not null, _recorder, time) { Sinks = _emission.Sinks, Log = _log, Retention = _retention };
        _owners = SocketOwners.IsSupported && !options.WrapsServer ? new SocketOwners() : null;
        Parts = new ProxyParts(inspector, Policies, _meter, facts, time) { Peers = _owners is null ? null : new PeerLookup(PeerOf, time) };
        _emission.SendMetrics(Parts.Metrics);
        Control = isSteered
            ? new ControlParts
            {
                Switch = Switch, Approvals = approvals, Callback = callback, Feed = feed, Sessions = book, States = Sessions,
                Policies = Policies, Meter = _meter, Facts = facts, Note = _notes.Add,
            }
            : null;
        _home = options.Home;
        _listeners = new Lazy<Listeners>(() => new Listeners(config, options, Parts, _leaves, Door) { Control = ControlOf(config.Control) });
    }

    /// <summary>What every way in shares: the checkpoint and what stands around it.</summary>
    public ProxyParts Parts { get; }

    /// <summary>What the operator's port steers; null when there is none.</summary>
    public ControlParts? Control { get; }

    /// <summary>The policy in force.</summary>
    public PolicyHolder Policies { get; }

    /// <summary>What is remembered of agents from one message to the next.</summary>
    public ISessionStore Sessions { get; }

    /// <summary>The kill switch.</summary>
    public KillSwitch Switch { get; }

    /// <summary>What listens; made when somebody asks: a wrapped server needs no listener.</summary>
    public Listeners Listeners => _listeners.Value;

    /// <summary>The listener inside a sandbox that stands for the main one; to be set before <see cref="Listeners"/> is asked for. Null listens here.</summary>
    public Socket? Door { get; set; }

    /// <summary>Where the evidence of this run is.</summary>
    public string EvidenceDirectory { get; }

    /// <summary>The authority whose certificates tunnels show; null when tunnels stay opaque.</summary>
    public CertificateAuthority? Authority { get; }

    /// <summary>Puts a configuration in force for exchanges that begin from now on.</summary>
    /// <param name="loaded">What <see cref="ConfigFile.InForce"/> made: everything not reached here has its running value.</param>
    public PolicySnapshot Apply(LoadedConfig loaded)
    {
        loaded = Trusting(loaded);
        Switch.Configure(loaded.Config.KillSwitch.Enabled, loaded.Config.KillSwitch.SentinelFile);
        if (_listeners.IsValueCreated)
        {
            Listeners.Apply(loaded.Config);
        }

        return Policies.Swap(loaded.Policy, loaded.Hash);
    }

    /// <summary>Puts a sentence about Postern itself into the evidence, and soon.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>The same, kept when this returns: for what must be on record before it happens.</summary>
    /// <exception cref="EvidenceLostException">It could not be kept.</exception>
    public async Task RecordAsync(string note, CancellationToken cancel) =>
        await _meter.AppendAsync(RecorderNotes.Draft(note), cancel).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_listeners.IsValueCreated)
        {
            await Listeners.DisposeAsync().ConfigureAwait(false);
        }

        Switch.Dispose();
        if (_shared is not null)
        {
            await _shared.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var door in _doors.OfType<IDisposable>())
        {
            door.Dispose();
        }

        await _retention.DisposeAsync().ConfigureAwait(false);
        var pinned = PinnedTools.HashesOf(_home.Pins);
        foreach (var actor in _recorder.OpenSessions())
        {
            _notes.EndSession(actor, "process ended", pinned);
        }

        await _notes.DisposeAsync().ConfigureAwait(false);

        // Everything is recorded by now, and whoever is told is told of it.
        await _emission.DisposeAsync().ConfigureAwait(false);
        if (_log is not null)
        {
            await _log.DisposeAsync().ConfigureAwait(false);
        }

        await _recorder.DisposeAsync().ConfigureAwait(false);
        _signer.Dispose();
        _leaves?.Dispose();
        _owners?.Dispose();
        Authority?.Dispose();
    }

    private void Announce(string what)
    {
        Console.Error.WriteLine("postern: " + what);
        _notes.Add(what);
    }

    private PeerProcess? PeerOf(IPEndPoint client, IPEndPoint server) =>
        _owners!.Find(client, server) is { } owner ? new PeerProcess(owner.Process, owner.Command, owner.Executable) : null;

    private LoadedConfig Trusting(LoadedConfig loaded)
    {
        Uri[] servers = [.. ReversePlan.ServersOf(loaded.Config.ReverseProxy), .. _wrapped is null ? (ReadOnlySpan<Uri>)[] : [_wrapped]];
        return servers.Length == 0 ? loaded : ConfigFile.With(loaded, servers.Aggregate(loaded.Config, ServerTrust.Add));
    }

    private ControlListener? ControlOf(ControlSection section) => Control is null ? null
        : new ControlListener(Control, Listeners.EndPointOf(section.Listen), section, section.BearerTokens.Count > 0 ? section.BearerTokens[0] : OperatorToken.LoadOrCreate(_home));

    private static IEnumerable<IApprovalDoor> DoorsOf(ApprovalsSection approvals, CallbackSignature? callback, NoteBook notes)
    {
        if (approvals.Terminal)
        {
            yield return new TerminalDoor(static () => ApprovalTerminal.Open("/dev/tty"));
        }

        if (approvals.WebhookUrl.Length > 0 && callback is not null)
        {
            var webhook = new WebhookDoor(new Uri(approvals.WebhookUrl), callback);
            webhook.Failed += notes.Add;
            yield return webhook;
        }
    }

    private static RetentionLimits LimitsOf(FlightRecorderSection section) =>
        new(TimeSpan.FromDays(section.RetentionDays), section.RetentionMb * (1024L * 1024), section.LegalHold);

    private static EmitInstance InstanceOf(EmitSection section) => new(section.InstanceId.Length > 0 ? section.InstanceId : Environment.MachineName, Product.Version);

    /// <summary>The key that signs evidence; made when there is none.</summary>
    public static EvidenceSigner SignerOf(string path, Home home)
    {
        var algorithm = OpenSslEd25519.OrManaged();
        return path.Length > 0 ? SigningKey.Load(path, algorithm) : SigningKey.LoadOrCreate(home.Path, algorithm);
    }
}
