namespace Postern.Transports.Http.Scan;

/// <summary>Why a request got no verdict. Names what is wrong with it, never its content.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">For programs; stable.</param>
/// <param name="Message">For people.</param>
/// <param name="IsRetryable">True when the same request may succeed later.</param>
internal sealed record ScanFault(int Status, string Code, string Message, bool IsRetryable = false)
{
    public static ScanFault NotFound { get; } = new(404, "not_found", "The Scan API is POST /api/v1/scan.");

    public static ScanFault MethodNotAllowed { get; } = new(405, "method_not_allowed", "Use POST.");

    public static ScanFault Unauthorized { get; } = new(401, "unauthorized", "A bearer token of scan_api.auth.bearer_tokens is needed.");

    public static ScanFault RateLimited { get; } = new(429, "rate_limited", "Too many requests with this token; see Retry-After.", true);

    public static ScanFault UnsupportedType { get; } = new(415, "unsupported_media_type", "The body must be application/json in UTF-8, without a content coding.");

    public static ScanFault BodyTooLarge { get; } = new(413, "body_too_large", "The body is longer than scan_api.max_body_bytes.");

    public static ScanFault ReadTimeout { get; } = new(408, "read_timeout", "The body did not arrive within scan_api.timeouts.read.", true);

    public static ScanFault BrokenBody { get; } = new(400, "broken_body", "The body does not follow its own framing.");

    public static ScanFault InvalidJson { get; } = new(400, "invalid_json", "The body must be one JSON object in UTF-8, with nothing after it.");

    public static ScanFault InvalidKind { get; } = new(400, "invalid_kind", "kind must be url, dlp, prompt_injection or tool_call.");

    public static ScanFault KindDisabled { get; } = new(400, "kind_disabled", "This kind is switched off in scan_api.kinds.");

    public static ScanFault UnknownField { get; } = new(400, "unknown_field", "The body has a key that is not known where it stands.");

    public static ScanFault NotHttp { get; } = new(400, "invalid_input", "input.url must begin with http:// or https://.");

    public static ScanFault Duplicate(ScanField field) => new(400, "duplicate_field", ScanFields.NameOf(field) + " stands twice.");

    public static ScanFault WrongType(ScanField field) => new(400, "invalid_input", ScanFields.NameOf(field) + " has the wrong type.");

    public static ScanFault Missing(ScanField field) => new(400, "invalid_input", "input." + ScanFields.NameOf(field) + " is missing or empty.");

    public static ScanFault Foreign(ScanField field) => new(400, "invalid_input", "input." + ScanFields.NameOf(field) + " does not belong to this kind and would not be looked at.");

    public static ScanFault FieldTooLarge(ScanField field) => new(413, "field_too_large", ScanFields.NameOf(field) + " is longer than its limit.");
}
