using Postern.Engine.Configuration.Schema;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration;

/// <summary>A whole configuration with every default resolved. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from <see cref="RootSchema"/>.</summary>
public sealed record PosternConfig
{
    private static readonly string[] s_defaultInternal =
    [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/4",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
    ];

    /// <summary>The version of this vocabulary.</summary>
    public int Version { get; init; } = 1;

    /// <summary>strict.</summary>
    public Mode Mode { get; init; } = Mode.Balanced;

    /// <summary>Whether a refusal happens.</summary>
    public bool Enforce { get; init; } = true;

    /// <summary>Destinations an agent needs.</summary>
    public IReadOnlyList<string> ApiAllowlist { get; init; } = [];

    /// <summary>Names that may resolve to internal addresses.</summary>
    public IReadOnlyList<string> TrustedDomains { get; init; } = [];

    /// <summary>Address ranges that must not be reached, by literal or by name.</summary>
    public IReadOnlyList<string> Internal { get; init; } = s_defaultInternal;

    /// <summary>Exceptions from the protection of internal addresses.</summary>
    public SsrfSection Ssrf { get; init; } = new();

    /// <summary>The main listener, and what /fetch may do.</summary>
    public FetchProxySection FetchProxy { get; init; } = new();

    /// <summary>The forward proxy and CONNECT tunnels.</summary>
    public ForwardProxySection ForwardProxy { get; init; } = new();

    /// <summary>The DNS listener.</summary>
    public DnsProxySection DnsProxy { get; init; } = new();

    /// <summary>The ICAP listener.</summary>
    public IcapSection Icap { get; init; } = new();

    /// <summary>WebSockets, however they were opened.</summary>
    public WebSocketProxySection WebSocketProxy { get; init; } = new();

    /// <summary>Looking into TLS.</summary>
    public TlsInterceptionSection TlsInterception { get; init; } = new();

    /// <summary>Secrets that must not leave.</summary>
    public DlpSection Dlp { get; init; } = new();

    /// <summary>What agents send.</summary>
    public RequestBodyScanningSection RequestBodyScanning { get; init; } = new();

    /// <summary>What agents receive.</summary>
    public ResponseScanningSection ResponseScanning { get; init; } = new();

    /// <summary>Letting messages through without their secrets.</summary>
    public RedactionSection Redaction { get; init; } = new();

    /// <summary>Seed phrases of wallets.</summary>
    public SeedPhraseDetectionSection SeedPhraseDetection { get; init; } = new();

    /// <summary>Addresses that money is sent to.</summary>
    public AddressProtectionSection AddressProtection { get; init; } = new();

    /// <summary>Secrets cut over several messages.</summary>
    public CrossRequestDetectionSection CrossRequestDetection { get; init; } = new();

    /// <summary>Values planted to be stolen.</summary>
    public CanaryTokensSection CanaryTokens { get; init; } = new();

    /// <summary>Media in what agents receive and send.</summary>
    public MediaPolicySection MediaPolicy { get; init; } = new();

    /// <summary>Rewriting of pages.</summary>
    public BrowserShieldSection BrowserShield { get; init; } = new();

    /// <summary>Findings that are known and accepted.</summary>
    public IReadOnlyList<SuppressEntry> Suppress { get; init; } = [];

    /// <summary>Refusing everything at once.</summary>
    public KillSwitchSection KillSwitch { get; init; } = new();

    /// <summary>State that several instances share.</summary>
    public SharedStateSection SharedState { get; init; } = new();

    /// <summary>The operator's port.</summary>
    public ControlSection Control { get; init; } = new();

    /// <summary>Who is asked where the policy says ask.</summary>
    public ApprovalsSection Approvals { get; init; } = new();

    /// <summary>Which calls of tools may run.</summary>
    public McpToolPolicySection McpToolPolicy { get; init; } = new();

    /// <summary>What servers say about their tools.</summary>
    public McpToolScanningSection McpToolScanning { get; init; } = new();

    /// <summary>Calls of tools that no list named.</summary>
    public McpSessionBindingSection McpSessionBinding { get; init; } = new();

    /// <summary>Which files a wrapped server may be started from.</summary>
    public McpBinaryIntegritySection McpBinaryIntegrity { get; init; } = new();

    /// <summary>Agents that talk to agents.</summary>
    public A2aScanningSection A2aScanning { get; init; } = new();

    /// <summary>How the tools of each server are usually called.</summary>
    public BehavioralBaselineSection BehavioralBaseline { get; init; } = new();

    /// <summary>Telling the other side that a message was mediated.</summary>
    public MediationEnvelopeSection MediationEnvelope { get; init; } = new();

    /// <summary>Containment of commands that postern runs.</summary>
    public SandboxSection Sandbox { get; init; } = new();

    /// <summary>What is written into workspaces.</summary>
    public FileSentrySection FileSentry { get; init; } = new();

    /// <summary>Evidence.</summary>
    public FlightRecorderSection FlightRecorder { get; init; } = new();

    /// <summary>Sealed copies of messages.</summary>
    public CaptureSection Capture { get; init; } = new();

    /// <summary>The log.</summary>
    public LoggingSection Logging { get; init; } = new();

    /// <summary>Who else is told.</summary>
    public EmitSection Emit { get; init; } = new();

    /// <summary>A listener of its own for /metrics and /stats.</summary>
    public string MetricsListen { get; init; } = "";

    /// <summary>The reverse proxy.</summary>
    public ReverseProxySection ReverseProxy { get; init; } = new();

    /// <summary>The Scan API.</summary>
    public ScanApiSection ScanApi { get; init; } = new();

    /// <summary>Which rules run.</summary>
    public RulesSection Rules { get; init; } = new();

    /// <summary>Calls of tools that are harmless alone and not one after another.</summary>
    public ToolChainDetectionSection ToolChainDetection { get; init; } = new();

    /// <summary>How much the calls of tools may cost.</summary>
    public BudgetSection Budget { get; init; } = new();

    /// <summary>What may be done after text of strangers was read.</summary>
    public TaintSection Taint { get; init; } = new();

    /// <summary>Agents, and what holds for each of them alone.</summary>
    public IReadOnlyList<AgentSection> Agents { get; init; } = [];

    /// <summary>Who an agent is that nothing identifies.</summary>
    public string DefaultAgentIdentity { get; init; } = "";

    /// <summary>Whether an agent that nothing identifies is refused.</summary>
    public bool RefuseUnknownAgents { get; init; }

    /// <summary>What is unlike what a session did before.</summary>
    public SessionProfilingSection SessionProfiling { get; init; } = new();

    /// <summary>Sessions that were up to something are judged more strictly.</summary>
    public AdaptiveEnforcementSection AdaptiveEnforcement { get; init; } = new();

    /// <summary>What such a session is shut off from.</summary>
    public AirlockSection Airlock { get; init; } = new();

    /// <summary>Bounds on what is held, decoded and parsed.</summary>
    public LimitsSection Limits { get; init; } = new();

    internal static SectionSchema Schema => RootSchema.All;

    /// <summary>What an empty file means.</summary>
    public static PosternConfig Default => field ??= new();
}
