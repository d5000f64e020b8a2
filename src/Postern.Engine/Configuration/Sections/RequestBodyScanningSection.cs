using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What agents send: bodies and headers. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether request bodies are inspected.</param>
/// <param name="Action">What a secret in a body or header does.</param>
/// <param name="MaxBodyBytes">Largest request body.</param>
/// <param name="ScanHeaders">Whether request headers are inspected.</param>
/// <param name="HeaderMode">Which headers are inspected.</param>
/// <param name="SensitiveHeaders">Headers inspected with header_mode.</param>
/// <param name="IgnoreHeaders">Headers not inspected with header_mode.</param>
public sealed record RequestBodyScanningSection(
    bool Enabled = true,
    ScanAction Action = ScanAction.Block,
    long MaxBodyBytes = 0,
    bool ScanHeaders = true,
    HeaderMode HeaderMode = HeaderMode.All,
    IReadOnlyList<string>? SensitiveHeaders = null,
    IReadOnlyList<string>? IgnoreHeaders = null)
{
    private static readonly string[] DefaultSensitiveHeaders =
    [
        "authorization",
        "cookie",
        "x-api-key",
        "x-token",
        "proxy-authorization",
        "x-goog-api-key",
    ];

    private static readonly string[] DefaultIgnoreHeaders =
    [
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "host",
        "content-length",
        "accept-encoding",
    ];

    /// <summary>Headers inspected with header_mode.</summary>
    public IReadOnlyList<string> SensitiveHeaders { get; init; } = SensitiveHeaders ?? DefaultSensitiveHeaders;

    /// <summary>Headers not inspected with header_mode.</summary>
    public IReadOnlyList<string> IgnoreHeaders { get; init; } = IgnoreHeaders ?? DefaultIgnoreHeaders;

    internal static SectionSchema Schema => field ??= new(
        "What agents send: bodies and headers. Bodies longer than limits.hold_bytes are inspected window by window.",
        static () => new RequestBodyScanningSection(),
        new Field<RequestBodyScanningSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether request bodies are inspected. The core floor runs either way."),
        new Field<RequestBodyScanningSection>("action", Choices.Outbound, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What a secret in a body or header does. block, in every mode: a secret that has left cannot be called back, while a refused request can be repeated."),
        new Field<RequestBodyScanningSection>("max_body_bytes", KindOf.Bytes(1024, 1L << 50, "unlimited"), Weakens.Never,
            s => s.MaxBodyBytes, (s, v) => s with { MaxBodyBytes = (long)v },
            "Largest request body; longer ones are refused. Unlimited by default, because long bodies are inspected while they stream."),
        new Field<RequestBodyScanningSection>("scan_headers", KindOf.Flag, Weakens.WhenLowered,
            s => s.ScanHeaders, (s, v) => s with { ScanHeaders = (bool)v },
            "Whether request headers are inspected."),
        new Field<RequestBodyScanningSection>("header_mode", Choices.Headers, Weakens.WhenRaised,
            s => s.HeaderMode, (s, v) => s with { HeaderMode = (HeaderMode)v },
            "Which headers are inspected. all: every one that ignore_headers does not name; sensitive: only sensitive_headers. All by default, since a leak picks the header nobody looks at."),
        new Field<RequestBodyScanningSection>("sensitive_headers", KindOf.Texts(TextFormats.HeaderName), Weakens.WhenShrunk,
            s => s.SensitiveHeaders, (s, v) => s with { SensitiveHeaders = (IReadOnlyList<string>)v },
            "Headers inspected with header_mode: sensitive."),
        new Field<RequestBodyScanningSection>("ignore_headers", KindOf.Texts(TextFormats.HeaderName), Weakens.WhenGrown,
            s => s.IgnoreHeaders, (s, v) => s with { IgnoreHeaders = (IReadOnlyList<string>)v },
            "Headers not inspected with header_mode: all. By default only those that Postern removes or writes itself, so that nothing an agent chose passes in them."));
}
