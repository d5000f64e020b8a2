using System.Net;
using System.Security.Cryptography;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Control;
using Postern.Transports.Evidence;
using Postern.Transports.Http;
using Postern.Transports.Http.Local;
using Postern.Transports.Http.Server;
using Postern.Transports.Http.Tls;
using Postern.Transports.Resolving;
using Postern.Transports.Telemetry;

namespace Postern.Program.Running;

/// <summary>The composition root: everything that runs, in the order in which it depends on what is above it.</summary>
internal sealed class Firewall : IAsyncDisposable
{
    private readonly EvidenceSigner _signer;
    private readonly FileRecorder _recorder;
    private readonly ProxyListener _proxy;
    private readonly CertificateAuthority? _authority;
    private readonly LeafCertificates? _leaves;
    private readonly DecisionMeter _meter;

    /// <summary>Composes; nothing listens yet.</summary>
    /// <exception cref="EvidenceUnsoundException">The evidence that is there does not verify.</exception>
    public Firewall(LoadedConfig loaded, FirewallOptions options)
    {
        var time = TimeProvider.System;
        var config = loaded.Config;
        options.Home.Create();
        _signer = SigningKey.LoadOrCreate(options.Home.Path, OpenSslEd25519.OrManaged());
        (_recorder, EvidenceDirectory) = EvidencePlace.Open(config.FlightRecorder, options.Home, _signer, time);
        _meter = new DecisionMeter(_recorder);
        Switch = new KillSwitch(time);
        Switch.Configure(config.KillSwitch.Enabled, config.KillSwitch.SentinelFile);
        Policies = new PolicyHolder(new PolicySnapshot(1, loaded.Hash, loaded.Policy));
        (_authority, _leaves) = OpenAuthority(config.TlsInterception, options, time);
        var inspector = new Inspector(new InspectorSeams(
            _meter, new InProcessSessions(), new SystemResolver(time), new NoApprover(), Switch, time, FingerprintKey(_signer)));
        var facts = new ServiceFacts(Product.Version, RuleCatalogue.Table.Rules.Count, _leaves is not null, time);
        _proxy = new ProxyListener(new ProxyParts(inspector, Policies, _meter, Switch, facts, time), new ProxySettings(EndPointOf(options))
        {
            Leaves = _leaves,
            Passthrough = DomainSet.Parse(config.TlsInterception.PassthroughDomains),
            ConnectTimeout = TimeSpan.FromSeconds(config.FetchProxy.TimeoutSeconds),
            TunnelIdle = TimeSpan.FromSeconds(config.ForwardProxy.IdleTimeoutSeconds),
            TunnelLifetime = TimeSpan.FromSeconds(config.ForwardProxy.MaxTunnelSeconds),
            Server = new ProxyServerOptions(MaxHeaderBytes: config.Limits.MaxHeaderBytes, MaxHeaderCount: config.Limits.MaxHeaders),
        });
    }

    /// <summary>The policy in force.</summary>
    public PolicyHolder Policies { get; }

    /// <summary>The kill switch.</summary>
    public KillSwitch Switch { get; }

    /// <summary>Where the evidence of this run is.</summary>
    public string EvidenceDirectory { get; }

    /// <summary>Where it listens; valid after the start.</summary>
    public IPEndPoint Address => _proxy.Address;

    /// <summary>The authority whose certificates tunnels show; null when tunnels stay opaque.</summary>
    public CertificateAuthority? Authority => _authority;

    /// <summary>Begins to listen.</summary>
    public Task StartAsync(CancellationToken cancel) => _proxy.StartAsync(cancel);

    /// <summary>Puts a sentence about Postern itself into the evidence.</summary>
    public ValueTask<EvidenceId> NoteAsync(string note) => _meter.AppendAsync(RecorderNotes.Draft(note), CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync().ConfigureAwait(false);
        await _recorder.DisposeAsync().ConfigureAwait(false);
        _signer.Dispose();
        _leaves?.Dispose();
        _authority?.Dispose();
        Switch.Dispose();
    }

    private static (CertificateAuthority?, LeafCertificates?) OpenAuthority(TlsInterceptionSection section, FirewallOptions options, TimeProvider time)
    {
        var home = options.Home.Path;
        var certificate = section.CaCert.Length > 0 ? section.CaCert : Path.Combine(home, CertificateAuthority.CertificateFileName);
        var key = section.CaKey.Length > 0 ? section.CaKey : Path.Combine(home, CertificateAuthority.KeyFileName);
        var wanted = section.Enabled switch
        {
            InterceptionMode.Off => false,
            InterceptionMode.On => true,
            _ => options.MakesAuthority || File.Exists(certificate),
        };
        if (!wanted)
        {
            return default;
        }

        var authority = section.CaCert.Length > 0 || File.Exists(certificate)
            ? CertificateAuthority.Load(certificate, key, time)
            : CertificateAuthority.LoadOrCreate(home, time);
        return (authority, new LeafCertificates(authority, time, TimeSpan.FromSeconds(section.CertTtlSeconds), section.CertCacheSize));
    }

    /// <summary>Equal secrets have equal fingerprints as long as the evidence key is the same, and nobody else can compute them.</summary>
    private static byte[] FingerprintKey(EvidenceSigner signer)
    {
        Span<byte> signature = stackalloc byte[IEd25519.SignatureBytes];
        signer.Sign("postern fingerprint key, version 1"u8, signature);
        return SHA256.HashData(signature);
    }

    private static IPEndPoint EndPointOf(FirewallOptions options) => new(
        options.Listen.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Listen.Host), options.Listen.Port);
}
