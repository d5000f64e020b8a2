using Postern.Engine.Configuration;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Control;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Evidence;
using Postern.Transports.Http;
using Postern.Transports.Http.Reverse;
using Postern.Transports.Resolving;
using Postern.Transports.Secrets;

namespace Postern.AspNetCore;

/// <summary>
/// The checkpoint of one program: what <see cref="PosternHandler"/>, the middleware and the MCP filter pass everything through. Without evidence nothing
/// passes; what cannot be inspected is refused. Thread-safe; dispose it last, when nothing is under way.
/// </summary>
public sealed class PosternCheckpoint : IAsyncDisposable
{
    /// <summary>Stands for the application that the checkpoint is part of, so that its policy can be told from that of the world.</summary>
    internal static readonly Uri Application = new("http://127.0.0.1");

    private readonly IAsyncDisposable[] _owned;
    private readonly KillSwitch? _switch;
    private readonly PolicyHolder _inside;

    /// <summary>Over parts that somebody else owns.</summary>
    internal PosternCheckpoint(HttpCheckpoint world, PolicyHolder inside, string agent, params IAsyncDisposable[] owned)
    {
        (World, _inside, Agent, _owned) = (world, inside, new AgentListener(agent, new(0, 0)), owned);
        _switch = world.Inspector.Halt as KillSwitch;
    }

    /// <summary>The checkpoint in front of the world.</summary>
    internal HttpCheckpoint World { get; }

    /// <summary>Who acts.</summary>
    internal AgentListener Agent { get; }

    /// <summary>True while nothing passes.</summary>
    public bool IsHalted => World.Inspector.Halt.IsHalted;

    /// <summary>Opens a checkpoint: reads the configuration, and the keys and the evidence in its home.</summary>
    /// <exception cref="ArgumentException">The configuration is wrong; the message holds every error, a line each.</exception>
    /// <exception cref="EvidenceUnsoundException">The key or the evidence in the home does not hold, or another process uses it.</exception>
    /// <exception cref="IOException">The home cannot be written to.</exception>
    public static PosternCheckpoint Open(PosternOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var config = Read(options.Configuration);
        var (world, inside) = (Compile(config), Compile(ServerTrust.Add(config, Application)));
        var time = options.Time;
        var signer = SigningKey.LoadOrCreate(options.Home, OpenSslEd25519.OrManaged());
        var recorder = FileRecorder.Open(Path.Combine(options.Home, "evidence"), signer, new RecorderOptions(), time);
        var halt = new KillSwitch(time);
        halt.Configure(config.KillSwitch.Enabled, config.KillSwitch.SentinelFile);
        var inspector = new Inspector(new InspectorSeams(
            recorder, new InProcessSessions(), new SystemResolver(time), options.Approver ?? new ApprovalDesk(config.Approvals, time), halt, time, SigningKey.FingerprintKey(signer)) { Signer = signer });
        var policies = new PolicyHolder(new PolicySnapshot(1, ConfigHash.Of(config), world));
        var checkpoint = new HttpCheckpoint(inspector, policies, new UpstreamRelease(options.ConnectTimeout, options.Trust), time);
        return new PosternCheckpoint(checkpoint, new PolicyHolder(policies.Current with { Policy = inside }), options.Agent, recorder, new Ending(signer), new Ending(halt));
    }

    /// <summary>Puts another configuration in force for exchanges that begin from now on; those that run keep theirs.</summary>
    /// <param name="configuration">As YAML.</param>
    /// <exception cref="ArgumentException">The configuration is wrong, and the old one stays; the message holds every error, a line each.</exception>
    public void Apply(string configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var config = Read(configuration);
        var (world, inside) = (Compile(config), Compile(ServerTrust.Add(config, Application)));
        _switch?.Configure(config.KillSwitch.Enabled, config.KillSwitch.SentinelFile);
        World.Policies.Swap(world, ConfigHash.Of(config));
        _inside.Swap(inside, ConfigHash.Of(config));
    }

    /// <summary>Stops everything that passes, and all that is under way, or lets it go on.</summary>
    /// <param name="isHalted">Stop or go on.</param>
    /// <param name="by">Who says so.</param>
    public void Halt(bool isHalted, string by) => _switch?.Set(isHalted, by);

    /// <summary>Signs the end of the evidence and lets go of everything.</summary>
    public async ValueTask DisposeAsync()
    {
        World.Upstream.Dispose();
        foreach (var owned in _owned)
        {
            await owned.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The same checkpoint in front of the application that it is part of.</summary>
    internal HttpCheckpoint Before(HttpMessageHandler application) =>
        World with { Policies = _inside, Upstream = new UpstreamRelease(application) };

    private static PosternConfig Read(string configuration)
    {
        var read = ConfigReader.Read(configuration, "configuration");
        return read.Config ?? throw new ArgumentException(string.Join('\n', read.Errors), nameof(configuration));
    }

    private static SecurityPolicy Compile(PosternConfig config)
    {
        var compiled = PolicyCompiler.Compile(config, OwnSecretSource.Read(config.Dlp));
        return compiled.Policy ?? throw new ArgumentException(string.Join('\n', compiled.Errors), nameof(config));
    }

    private sealed class Ending(IDisposable of) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            of.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
