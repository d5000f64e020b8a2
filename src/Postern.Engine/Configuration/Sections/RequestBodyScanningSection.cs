using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What agents send: bodies and headers. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record RequestBodyScanningSection : ISection
{
    private static readonly string[] s_defaultSensitiveHeaders =
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

    /// <summary>Whether a secret in a request body refuses.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What a secret in a body or header does.</summary>
    public ScanAction Action { get; init; } = ScanAction.Block;

    /// <summary>Largest request body.</summary>
    public long MaxBodyBytes { get; init; }

    /// <summary>Headers made for credentials.</summary>
    public IReadOnlyList<string> SensitiveHeaders { get; init; } = s_defaultSensitiveHeaders;

    static SectionSchema ISection.Schema => field ??= new(
        "What agents send: bodies and headers. Bodies longer than limits.hold_bytes are inspected window by window.",
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
