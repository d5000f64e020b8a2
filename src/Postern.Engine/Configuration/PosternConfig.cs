using Postern.Engine.Configuration.Schema;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration;

/// <summary>A whole configuration with every default resolved. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from <see cref="RootSchema"/>.</summary>
/// <param name="Version">The version of this vocabulary.</param>
/// <param name="Mode">strict.</param>
/// <param name="Enforce">Whether a refusal happens.</param>
/// <param name="ApiAllowlist">Destinations an agent needs.</param>
/// <param name="TrustedDomains">Names that may resolve to internal addresses.</param>
/// <param name="Internal">Address ranges that must not be reached, by literal or by name.</param>
/// <param name="Ssrf">Exceptions from the protection of internal addresses.</param>
/// <param name="FetchProxy">The main listener, and what /fetch may do.</param>
/// <param name="ForwardProxy">The forward proxy and CONNECT tunnels.</param>
/// <param name="DnsProxy">The DNS listener.</param>
/// <param name="Icap">The ICAP listener.</param>
/// <param name="WebSocketProxy">WebSockets, however they were opened.</param>
/// <param name="TlsInterception">Looking into TLS.</param>
/// <param name="Dlp">Secrets that must not leave.</param>
/// <param name="RequestBodyScanning">What agents send.</param>
/// <param name="ResponseScanning">What agents receive.</param>
/// <param name="Redaction">Letting messages through without their secrets.</param>
/// <param name="SeedPhraseDetection">Seed phrases of wallets.</param>
/// <param name="AddressProtection">Addresses that money is sent to.</param>
/// <param name="CrossRequestDetection">Secrets cut over several messages.</param>
/// <param name="CanaryTokens">Values planted to be stolen.</param>
/// <param name="MediaPolicy">Media in what agents receive and send.</param>
/// <param name="BrowserShield">Rewriting of pages.</param>
/// <param name="Suppress">Findings that are known and accepted.</param>
/// <param name="KillSwitch">Refusing everything at once.</param>
/// <param name="Control">The operator's port.</param>
/// <param name="Approvals">Who is asked where the policy says ask.</param>
/// <param name="McpToolPolicy">Which calls of tools may run.</param>
/// <param name="McpToolScanning">What servers say about their tools.</param>
/// <param name="McpSessionBinding">Calls of tools that no list named.</param>
/// <param name="McpBinaryIntegrity">Which files a wrapped server may be started from.</param>
/// <param name="A2aScanning">Agents that talk to agents.</param>
/// <param name="BehavioralBaseline">How the tools of each server are usually called.</param>
/// <param name="MediationEnvelope">Telling the other side that a message was mediated.</param>
/// <param name="Sandbox">Containment of commands that postern runs.</param>
/// <param name="FlightRecorder">Evidence.</param>
/// <param name="Logging">The log.</param>
/// <param name="Emit">Who else is told.</param>
/// <param name="MetricsListen">A listener of its own for /metrics and /stats.</param>
/// <param name="ReverseProxy">The reverse proxy.</param>
/// <param name="ScanApi">The Scan API.</param>
/// <param name="Rules">Which rules run.</param>
/// <param name="ToolChainDetection">Calls of tools that are harmless alone and not one after another.</param>
/// <param name="Budget">How much the calls of tools may cost.</param>
/// <param name="Taint">What may be done after text of strangers was read.</param>
/// <param name="Agents">Agents, and what holds for each of them alone.</param>
/// <param name="DefaultAgentIdentity">Who an agent is that nothing identifies.</param>
/// <param name="RefuseUnknownAgents">Whether an agent that nothing identifies is refused.</param>
/// <param name="SessionProfiling">What is unlike what a session did before.</param>
/// <param name="AdaptiveEnforcement">Sessions that were up to something are judged more strictly.</param>
/// <param name="Airlock">What such a session is shut off from.</param>
/// <param name="Limits">Bounds on what is held, decoded and parsed.</param>
public sealed record PosternConfig(
    int Version = 1,
    Mode Mode = Mode.Balanced,
    bool Enforce = true,
    IReadOnlyList<string>? ApiAllowlist = null,
    IReadOnlyList<string>? TrustedDomains = null,
    IReadOnlyList<string>? Internal = null,
    SsrfSection? Ssrf = null,
    FetchProxySection? FetchProxy = null,
    ForwardProxySection? ForwardProxy = null,
    DnsProxySection? DnsProxy = null,
    IcapSection? Icap = null,
    WebSocketProxySection? WebSocketProxy = null,
    TlsInterceptionSection? TlsInterception = null,
    DlpSection? Dlp = null,
    RequestBodyScanningSection? RequestBodyScanning = null,
    ResponseScanningSection? ResponseScanning = null,
    RedactionSection? Redaction = null,
    SeedPhraseDetectionSection? SeedPhraseDetection = null,
    AddressProtectionSection? AddressProtection = null,
    CrossRequestDetectionSection? CrossRequestDetection = null,
    CanaryTokensSection? CanaryTokens = null,
    MediaPolicySection? MediaPolicy = null,
    BrowserShieldSection? BrowserShield = null,
    IReadOnlyList<SuppressEntry>? Suppress = null,
    KillSwitchSection? KillSwitch = null,
    ControlSection? Control = null,
    ApprovalsSection? Approvals = null,
    McpToolPolicySection? McpToolPolicy = null,
    McpToolScanningSection? McpToolScanning = null,
    McpSessionBindingSection? McpSessionBinding = null,
    McpBinaryIntegritySection? McpBinaryIntegrity = null,
    A2aScanningSection? A2aScanning = null,
    BehavioralBaselineSection? BehavioralBaseline = null,
    MediationEnvelopeSection? MediationEnvelope = null,
    SandboxSection? Sandbox = null,
    FlightRecorderSection? FlightRecorder = null,
    LoggingSection? Logging = null,
    EmitSection? Emit = null,
    string MetricsListen = "",
    ReverseProxySection? ReverseProxy = null,
    ScanApiSection? ScanApi = null,
    RulesSection? Rules = null,
    ToolChainDetectionSection? ToolChainDetection = null,
    BudgetSection? Budget = null,
    TaintSection? Taint = null,
    IReadOnlyList<AgentSection>? Agents = null,
    string DefaultAgentIdentity = "",
    bool RefuseUnknownAgents = false,
    SessionProfilingSection? SessionProfiling = null,
    AdaptiveEnforcementSection? AdaptiveEnforcement = null,
    AirlockSection? Airlock = null,
    LimitsSection? Limits = null)
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

    /// <summary>Destinations an agent needs.</summary>
    public IReadOnlyList<string> ApiAllowlist { get; init; } = ApiAllowlist ?? [];

    /// <summary>Names that may resolve to internal addresses.</summary>
    public IReadOnlyList<string> TrustedDomains { get; init; } = TrustedDomains ?? [];

    /// <summary>Address ranges that must not be reached, by literal or by name.</summary>
    public IReadOnlyList<string> Internal { get; init; } = Internal ?? s_defaultInternal;

    /// <summary>Exceptions from the protection of internal addresses.</summary>
    public SsrfSection Ssrf { get; init; } = Ssrf ?? new();

    /// <summary>The main listener, and what /fetch may do.</summary>
    public FetchProxySection FetchProxy { get; init; } = FetchProxy ?? new();

    /// <summary>The forward proxy and CONNECT tunnels.</summary>
    public ForwardProxySection ForwardProxy { get; init; } = ForwardProxy ?? new();

    /// <summary>The DNS listener.</summary>
    public DnsProxySection DnsProxy { get; init; } = DnsProxy ?? new();

    /// <summary>The ICAP listener.</summary>
    public IcapSection Icap { get; init; } = Icap ?? new();

    /// <summary>WebSockets, however they were opened.</summary>
    public WebSocketProxySection WebSocketProxy { get; init; } = WebSocketProxy ?? new();

    /// <summary>Looking into TLS.</summary>
    public TlsInterceptionSection TlsInterception { get; init; } = TlsInterception ?? new();

    /// <summary>Secrets that must not leave.</summary>
    public DlpSection Dlp { get; init; } = Dlp ?? new();

    /// <summary>What agents send.</summary>
    public RequestBodyScanningSection RequestBodyScanning { get; init; } = RequestBodyScanning ?? new();

    /// <summary>What agents receive.</summary>
    public ResponseScanningSection ResponseScanning { get; init; } = ResponseScanning ?? new();

    /// <summary>Letting messages through without their secrets.</summary>
    public RedactionSection Redaction { get; init; } = Redaction ?? new();

    /// <summary>Seed phrases of wallets.</summary>
    public SeedPhraseDetectionSection SeedPhraseDetection { get; init; } = SeedPhraseDetection ?? new();

    /// <summary>Addresses that money is sent to.</summary>
    public AddressProtectionSection AddressProtection { get; init; } = AddressProtection ?? new();

    /// <summary>Secrets cut over several messages.</summary>
    public CrossRequestDetectionSection CrossRequestDetection { get; init; } = CrossRequestDetection ?? new();

    /// <summary>Values planted to be stolen.</summary>
    public CanaryTokensSection CanaryTokens { get; init; } = CanaryTokens ?? new();

    /// <summary>Media in what agents receive and send.</summary>
    public MediaPolicySection MediaPolicy { get; init; } = MediaPolicy ?? new();

    /// <summary>Rewriting of pages.</summary>
    public BrowserShieldSection BrowserShield { get; init; } = BrowserShield ?? new();

    /// <summary>Findings that are known and accepted.</summary>
    public IReadOnlyList<SuppressEntry> Suppress { get; init; } = Suppress ?? [];

    /// <summary>Refusing everything at once.</summary>
    public KillSwitchSection KillSwitch { get; init; } = KillSwitch ?? new();

    /// <summary>The operator's port.</summary>
    public ControlSection Control { get; init; } = Control ?? new();

    /// <summary>Who is asked where the policy says ask.</summary>
    public ApprovalsSection Approvals { get; init; } = Approvals ?? new();

    /// <summary>Which calls of tools may run.</summary>
    public McpToolPolicySection McpToolPolicy { get; init; } = McpToolPolicy ?? new();

    /// <summary>What servers say about their tools.</summary>
    public McpToolScanningSection McpToolScanning { get; init; } = McpToolScanning ?? new();

    /// <summary>Calls of tools that no list named.</summary>
    public McpSessionBindingSection McpSessionBinding { get; init; } = McpSessionBinding ?? new();

    /// <summary>Which files a wrapped server may be started from.</summary>
    public McpBinaryIntegritySection McpBinaryIntegrity { get; init; } = McpBinaryIntegrity ?? new();

    /// <summary>Agents that talk to agents.</summary>
    public A2aScanningSection A2aScanning { get; init; } = A2aScanning ?? new();

    /// <summary>How the tools of each server are usually called.</summary>
    public BehavioralBaselineSection BehavioralBaseline { get; init; } = BehavioralBaseline ?? new();

    /// <summary>Telling the other side that a message was mediated.</summary>
    public MediationEnvelopeSection MediationEnvelope { get; init; } = MediationEnvelope ?? new();

    /// <summary>Containment of commands that postern runs.</summary>
    public SandboxSection Sandbox { get; init; } = Sandbox ?? new();

    /// <summary>Evidence.</summary>
    public FlightRecorderSection FlightRecorder { get; init; } = FlightRecorder ?? new();

    /// <summary>The log.</summary>
    public LoggingSection Logging { get; init; } = Logging ?? new();

    /// <summary>Who else is told.</summary>
    public EmitSection Emit { get; init; } = Emit ?? new();

    /// <summary>The reverse proxy.</summary>
    public ReverseProxySection ReverseProxy { get; init; } = ReverseProxy ?? new();

    /// <summary>The Scan API.</summary>
    public ScanApiSection ScanApi { get; init; } = ScanApi ?? new();

    /// <summary>Which rules run.</summary>
    public RulesSection Rules { get; init; } = Rules ?? new();

    /// <summary>Calls of tools that are harmless alone and not one after another.</summary>
    public ToolChainDetectionSection ToolChainDetection { get; init; } = ToolChainDetection ?? new();

    /// <summary>How much the calls of tools may cost.</summary>
    public BudgetSection Budget { get; init; } = Budget ?? new();

    /// <summary>What may be done after text of strangers was read.</summary>
    public TaintSection Taint { get; init; } = Taint ?? new();

    /// <summary>Agents, and what holds for each of them alone.</summary>
    public IReadOnlyList<AgentSection> Agents { get; init; } = Agents ?? [];

    /// <summary>What is unlike what a session did before.</summary>
    public SessionProfilingSection SessionProfiling { get; init; } = SessionProfiling ?? new();

    /// <summary>Sessions that were up to something are judged more strictly.</summary>
    public AdaptiveEnforcementSection AdaptiveEnforcement { get; init; } = AdaptiveEnforcement ?? new();

    /// <summary>What such a session is shut off from.</summary>
    public AirlockSection Airlock { get; init; } = Airlock ?? new();

    /// <summary>Bounds on what is held, decoded and parsed.</summary>
    public LimitsSection Limits { get; init; } = Limits ?? new();

    internal static SectionSchema Schema => RootSchema.All;

    /// <summary>What an empty file means.</summary>
    public static PosternConfig Default => field ??= new();
}
