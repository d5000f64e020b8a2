using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What agents send: bodies and headers. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether a secret in a request body refuses.</param>
/// <param name="Action">What a secret in a body or header does.</param>
/// <param name="MaxBodyBytes">Largest request body.</param>
/// <param name="SensitiveHeaders">Headers made for credentials.</param>
public sealed record RequestBodyScanningSection(
    bool Enabled = true,
    ScanAction Action = ScanAction.Block,
    long MaxBodyBytes = 0,
    IReadOnlyList<string>? SensitiveHeaders = null)
{
    private static readonly string[] DefaultSensitiveHeaders =
    [
        "authorization",
        "cookie",
        "x-api-key",
        "x-token",
        "proxy-authorization",
        "x-goog-api-key",
        "api-key",
        "dd-api-key",
        "private-token",
        "x-amz-security-token",
        "x-auth-token",
        "x-figma-token",
        "x-honeycomb-team",
        "x-shopify-access-token",
        "xi-api-key",
    ];

    /// <summary>Headers made for credentials.</summary>
    public IReadOnlyList<string> SensitiveHeaders { get; init; } = SensitiveHeaders ?? DefaultSensitiveHeaders;

    internal static SectionSchema Schema => field ??= new(
        "What agents send: bodies and headers. Bodies longer than limits.hold_bytes are inspected window by window.",
        static () => new RequestBodyScanningSection(),
        new Field<RequestBodyScanningSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether a secret in a request body refuses. false: it is recorded; the core floor, the URL and the headers are judged either way."),
        new Field<RequestBodyScanningSection>("action", Choices.Secrets, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What a secret in a body or header does. redact: it is replaced by a placeholder and what is left is judged again, as redaction.enabled does; in a URL, where nothing can be replaced, it refuses. ask: a person decides, in a URL too. warn: it is recorded; in a URL it refuses. block, in every mode: a secret that has left cannot be called back, while a refused request can be repeated."),
        new Field<RequestBodyScanningSection>("max_body_bytes", KindOf.Bytes(1024, 1L << 50, "unlimited"), Weakens.Never,
            s => s.MaxBodyBytes, (s, v) => s with { MaxBodyBytes = (long)v },
            "Largest request body; longer ones are refused. Unlimited by default, because long bodies are inspected while they stream."),
        new Field<RequestBodyScanningSection>("sensitive_headers", KindOf.Texts(TextFormats.HeaderName), Weakens.WhenGrown,
            s => s.SensitiveHeaders, (s, v) => s with { SensitiveHeaders = (IReadOnlyList<string>)v },
            "Headers made for credentials. Every header is inspected; in one of these a credential may travel to the service that issued it, and nowhere else."));
}
