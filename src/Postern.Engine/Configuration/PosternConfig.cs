using Postern.Engine.Configuration.Schema;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration;

/// <summary>A whole configuration with every default resolved. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Version">The version of this vocabulary.</param>
/// <param name="Mode">strict.</param>
/// <param name="Enforce">Whether a refusal happens.</param>
/// <param name="ApiAllowlist">Destinations an agent needs.</param>
/// <param name="TrustedDomains">Names that may resolve to internal addresses.</param>
/// <param name="Internal">Address ranges that must not be reached, by literal or by name.</param>
/// <param name="Ssrf">Exceptions from the protection of internal addresses.</param>
/// <param name="FetchProxy">The main listener, and what /fetch may do.</param>
/// <param name="ForwardProxy">The forward proxy and CONNECT tunnels.</param>
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

    internal static SectionSchema Schema => field ??= new("The whole configuration.", static () => new PosternConfig(), [.. Passage, .. Content, .. Sessions]);

    /// <summary>Where agents may go, and by which way.</summary>
    private static Setting[] Passage =>
    [
        new Field<PosternConfig>("version", KindOf.Whole(1, 1, "format version"), Weakens.Never,
            s => s.Version, (s, v) => s with { Version = (int)v },
            "The version of this vocabulary.") { IsOutsidePolicy = true },
        new Field<PosternConfig>("mode", Choices.Mode, Weakens.WhenRaised,
            s => s.Mode, (s, v) => s with { Mode = (Mode)v },
            "strict: only destinations of api_allowlist may be reached, and a reload that weakens protection is refused. balanced: everything that is not refused may be reached. audit: the rules of balanced, meant for a look with enforce: false; alone it still refuses."),
        new Field<PosternConfig>("enforce", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enforce, (s, v) => s with { Enforce = (bool)v },
            "Whether a refusal happens. false: what the policy objects to passes, and the evidence says what would have been refused. What Postern cannot read or carry is refused all the same."),
        new Field<PosternConfig>("api_allowlist", KindOf.Texts(HostFormats.Host), Weakens.WhenGrown,
            s => s.ApiAllowlist, (s, v) => s with { ApiAllowlist = (IReadOnlyList<string>)v },
            "Destinations an agent needs. In mode strict nothing else may be reached, so it must not be empty there; in the other modes it is no gate, and helps to say what is missing when one of them has an internal address. Empty by default: a gate that nobody wrote would have holes that nobody knows."),
        new Field<PosternConfig>("trusted_domains", KindOf.Texts(HostFormats.Domain), Weakens.WhenGrown,
            s => s.TrustedDomains, (s, v) => s with { TrustedDomains = (IReadOnlyList<string>)v },
            "Names that may resolve to internal addresses. Never excuses an address literal; ssrf.ip_allowlist does."),
        new Field<PosternConfig>("internal", KindOf.Texts(NetworkFormats.Cidr), Weakens.WhenShrunk,
            s => s.Internal, (s, v) => s with { Internal = (IReadOnlyList<string>)v },
            "Address ranges that must not be reached, by literal or by name. The built-in table of special addresses (loopback, private, link-local, cloud metadata) is always added; an explicit [] leaves only that table."),
        new Field<PosternConfig>("ssrf", KindOf.Section(() => SsrfSection.Schema), Weakens.Never, s => s.Ssrf, (s, v) => s with { Ssrf = (SsrfSection)v },
            "Exceptions from the protection of internal addresses."),
        new Field<PosternConfig>("fetch_proxy", KindOf.Section(() => FetchProxySection.Schema), Weakens.Never, s => s.FetchProxy, (s, v) => s with { FetchProxy = (FetchProxySection)v },
            "The main listener, and what /fetch may do."),
        new Field<PosternConfig>("forward_proxy", KindOf.Section(() => ForwardProxySection.Schema), Weakens.Never, s => s.ForwardProxy, (s, v) => s with { ForwardProxy = (ForwardProxySection)v },
            "The forward proxy and CONNECT tunnels."),
        new Field<PosternConfig>("websocket_proxy", KindOf.Section(() => WebSocketProxySection.Schema), Weakens.Never, s => s.WebSocketProxy, (s, v) => s with { WebSocketProxy = (WebSocketProxySection)v },
            "WebSockets, however they were opened."),
        new Field<PosternConfig>("tls_interception", KindOf.Section(() => TlsInterceptionSection.Schema), Weakens.Never, s => s.TlsInterception, (s, v) => s with { TlsInterception = (TlsInterceptionSection)v },
            "Looking into TLS."),
        new Field<PosternConfig>("dlp", KindOf.Section(() => DlpSection.Schema), Weakens.Never, s => s.Dlp, (s, v) => s with { Dlp = (DlpSection)v },
            "Secrets that must not leave."),
    ];

    /// <summary>What may cross, and what is kept of it.</summary>
    private static Setting[] Content =>
    [
        new Field<PosternConfig>("request_body_scanning", KindOf.Section(() => RequestBodyScanningSection.Schema), Weakens.Never, s => s.RequestBodyScanning, (s, v) => s with { RequestBodyScanning = (RequestBodyScanningSection)v },
            "What agents send."),
        new Field<PosternConfig>("response_scanning", KindOf.Section(() => ResponseScanningSection.Schema), Weakens.Never, s => s.ResponseScanning, (s, v) => s with { ResponseScanning = (ResponseScanningSection)v },
            "What agents receive."),
        new Field<PosternConfig>("redaction", KindOf.Section(() => RedactionSection.Schema), Weakens.Never, s => s.Redaction, (s, v) => s with { Redaction = (RedactionSection)v },
            "Letting messages through without their secrets."),
        new Field<PosternConfig>("seed_phrase_detection", KindOf.Section(() => SeedPhraseDetectionSection.Schema), Weakens.Never, s => s.SeedPhraseDetection, (s, v) => s with { SeedPhraseDetection = (SeedPhraseDetectionSection)v },
            "Seed phrases of wallets."),
        new Field<PosternConfig>("address_protection", KindOf.Section(() => AddressProtectionSection.Schema), Weakens.Never, s => s.AddressProtection, (s, v) => s with { AddressProtection = (AddressProtectionSection)v },
            "Addresses that money is sent to."),
        new Field<PosternConfig>("cross_request_detection", KindOf.Section(() => CrossRequestDetectionSection.Schema), Weakens.Never, s => s.CrossRequestDetection, (s, v) => s with { CrossRequestDetection = (CrossRequestDetectionSection)v },
            "Secrets cut over several messages."),
        new Field<PosternConfig>("canary_tokens", KindOf.Section(() => CanaryTokensSection.Schema), Weakens.Never, s => s.CanaryTokens, (s, v) => s with { CanaryTokens = (CanaryTokensSection)v },
            "Values planted to be stolen."),
        new Field<PosternConfig>("media_policy", KindOf.Section(() => MediaPolicySection.Schema), Weakens.Never, s => s.MediaPolicy, (s, v) => s with { MediaPolicy = (MediaPolicySection)v },
            "Media in what agents receive and send."),
        new Field<PosternConfig>("browser_shield", KindOf.Section(() => BrowserShieldSection.Schema), Weakens.Never, s => s.BrowserShield, (s, v) => s with { BrowserShield = (BrowserShieldSection)v },
            "Rewriting of pages."),
        new Field<PosternConfig>("suppress", KindOf.Items<SuppressEntry>(() => SuppressEntry.Schema), Weakens.WhenGrown,
            s => s.Suppress, (s, v) => s with { Suppress = (IReadOnlyList<SuppressEntry>)v },
            "Findings that are known and accepted: they are recorded and do not refuse."),
        new Field<PosternConfig>("kill_switch", KindOf.Section(() => KillSwitchSection.Schema), Weakens.Never, s => s.KillSwitch, (s, v) => s with { KillSwitch = (KillSwitchSection)v },
            "Refusing everything at once."),
        new Field<PosternConfig>("control", KindOf.Section(() => ControlSection.Schema), Weakens.Never, s => s.Control, (s, v) => s with { Control = (ControlSection)v },
            "The operator's port."),
        new Field<PosternConfig>("approvals", KindOf.Section(() => ApprovalsSection.Schema), Weakens.Never, s => s.Approvals, (s, v) => s with { Approvals = (ApprovalsSection)v },
            "Who is asked where the policy says ask."),
        new Field<PosternConfig>("mcp_tool_policy", KindOf.Section(() => McpToolPolicySection.Schema), Weakens.Never, s => s.McpToolPolicy, (s, v) => s with { McpToolPolicy = (McpToolPolicySection)v },
            "Which calls of tools may run."),
        new Field<PosternConfig>("mcp_tool_scanning", KindOf.Section(() => McpToolScanningSection.Schema), Weakens.Never, s => s.McpToolScanning, (s, v) => s with { McpToolScanning = (McpToolScanningSection)v },
            "What servers say about their tools."),
        new Field<PosternConfig>("mcp_session_binding", KindOf.Section(() => McpSessionBindingSection.Schema), Weakens.Never, s => s.McpSessionBinding, (s, v) => s with { McpSessionBinding = (McpSessionBindingSection)v },
            "Calls of tools that no list named."),
        new Field<PosternConfig>("mcp_binary_integrity", KindOf.Section(() => McpBinaryIntegritySection.Schema), Weakens.Never, s => s.McpBinaryIntegrity, (s, v) => s with { McpBinaryIntegrity = (McpBinaryIntegritySection)v },
            "Which files a wrapped server may be started from."),
        new Field<PosternConfig>("a2a_scanning", KindOf.Section(() => A2aScanningSection.Schema), Weakens.Never, s => s.A2aScanning, (s, v) => s with { A2aScanning = (A2aScanningSection)v },
            "Agents that talk to agents."),
        new Field<PosternConfig>("behavioral_baseline", KindOf.Section(() => BehavioralBaselineSection.Schema), Weakens.Never, s => s.BehavioralBaseline, (s, v) => s with { BehavioralBaseline = (BehavioralBaselineSection)v },
            "How the tools of each server are usually called."),
        new Field<PosternConfig>("mediation_envelope", KindOf.Section(() => MediationEnvelopeSection.Schema), Weakens.Never, s => s.MediationEnvelope, (s, v) => s with { MediationEnvelope = (MediationEnvelopeSection)v },
            "Telling the other side that a message was mediated."),
        new Field<PosternConfig>("sandbox", KindOf.Section(() => SandboxSection.Schema), Weakens.Never, s => s.Sandbox, (s, v) => s with { Sandbox = (SandboxSection)v },
            "Containment of commands that postern runs.") { IsOutsidePolicy = true },
        new Field<PosternConfig>("flight_recorder", KindOf.Section(() => FlightRecorderSection.Schema), Weakens.Never, s => s.FlightRecorder, (s, v) => s with { FlightRecorder = (FlightRecorderSection)v },
            "Evidence."),
        new Field<PosternConfig>("logging", KindOf.Section(() => LoggingSection.Schema), Weakens.Never, s => s.Logging, (s, v) => s with { Logging = (LoggingSection)v },
            "The log."),
        new Field<PosternConfig>("emit", KindOf.Section(() => EmitSection.Schema), Weakens.Never, s => s.Emit, (s, v) => s with { Emit = (EmitSection)v },
            "Who else is told.") { IsOutsidePolicy = true },
        new Field<PosternConfig>("metrics_listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.MetricsListen, (s, v) => s with { MetricsListen = (string)v },
            "A listener of its own for /metrics and /stats. Not set: they answer on the main listener.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<PosternConfig>("reverse_proxy", KindOf.Section(() => ReverseProxySection.Schema), Weakens.Never, s => s.ReverseProxy, (s, v) => s with { ReverseProxy = (ReverseProxySection)v },
            "The reverse proxy."),
        new Field<PosternConfig>("scan_api", KindOf.Section(() => ScanApiSection.Schema), Weakens.Never, s => s.ScanApi, (s, v) => s with { ScanApi = (ScanApiSection)v },
            "The Scan API."),
        new Field<PosternConfig>("rules", KindOf.Section(() => RulesSection.Schema), Weakens.Never, s => s.Rules, (s, v) => s with { Rules = (RulesSection)v },
            "Which rules run."),
        new Field<PosternConfig>("tool_chain_detection", KindOf.Section(() => ToolChainDetectionSection.Schema), Weakens.Never, s => s.ToolChainDetection, (s, v) => s with { ToolChainDetection = (ToolChainDetectionSection)v },
            "Calls of tools that are harmless alone and not one after another."),
        new Field<PosternConfig>("budget", KindOf.Section(() => BudgetSection.Schema), Weakens.Never, s => s.Budget, (s, v) => s with { Budget = (BudgetSection)v },
            "How much the calls of tools may cost."),
        new Field<PosternConfig>("taint", KindOf.Section(() => TaintSection.Schema), Weakens.Never, s => s.Taint, (s, v) => s with { Taint = (TaintSection)v },
            "What may be done after text of strangers was read."),
    ];

    /// <summary>Who acts, and how it went so far.</summary>
    private static Setting[] Sessions =>
    [
        new Field<PosternConfig>("agents", KindOf.Items<AgentSection>(() => AgentSection.Schema), Weakens.WhenChanged,
            s => s.Agents, (s, v) => s with { Agents = (IReadOnlyList<AgentSection>)v },
            "Agents, and what holds for each of them alone. Whoever is none of them is judged by the top level."),
        new Field<PosternConfig>("default_agent_identity", KindOf.Optional(TextFormats.AgentName), Weakens.WhenChanged,
            s => s.DefaultAgentIdentity, (s, v) => s with { DefaultAgentIdentity = (string)v },
            "Which of agents everybody is that nothing identifies; also the agent of postern mcp proxy. Not set: none, and the top level holds."),
        new Field<PosternConfig>("refuse_unknown_agents", KindOf.Flag, Weakens.WhenLowered,
            s => s.RefuseUnknownAgents, (s, v) => s with { RefuseUnknownAgents = (bool)v },
            "Whether an agent that nothing identifies is refused (operation.unknown-agent) instead of judged by the top level."),
        new Field<PosternConfig>("session_profiling", KindOf.Section(() => SessionProfilingSection.Schema), Weakens.Never, s => s.SessionProfiling, (s, v) => s with { SessionProfiling = (SessionProfilingSection)v },
            "What is unlike what a session did before."),
        new Field<PosternConfig>("adaptive_enforcement", KindOf.Section(() => AdaptiveEnforcementSection.Schema), Weakens.Never, s => s.AdaptiveEnforcement, (s, v) => s with { AdaptiveEnforcement = (AdaptiveEnforcementSection)v },
            "Sessions that were up to something are judged more strictly."),
        new Field<PosternConfig>("airlock", KindOf.Section(() => AirlockSection.Schema), Weakens.Never, s => s.Airlock, (s, v) => s with { Airlock = (AirlockSection)v },
            "What such a session is shut off from."),
        new Field<PosternConfig>("limits", KindOf.Section(() => LimitsSection.Schema), Weakens.Never, s => s.Limits, (s, v) => s with { Limits = (LimitsSection)v },
            "Bounds on what is held, decoded and parsed."),
    ];

    /// <summary>What an empty file means.</summary>
    public static PosternConfig Default => field ??= new();
}
