using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Who else is told. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record EmitSection : ISection
{
    /// <summary>How this Postern calls itself.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>A program of the operator's, over HTTP.</summary>
    public EmitWebhookSection Webhook { get; init; } = new();

    /// <summary>A syslog server.</summary>
    public EmitSyslogSection Syslog { get; init; } = new();

    /// <summary>An OpenTelemetry collector.</summary>
    public EmitOtlpSection Otlp { get; init; } = new();

    /// <summary>A file.</summary>
    public EmitFileSection File { get; init; } = new();

    static SectionSchema ISection.Schema => field ??= new(
        "Who else is told of decisions. Each sink reads the evidence from where it stood, so one that was down is told later what it missed: see docs/telemetry.md.",
        new Field<EmitSection>("instance_id", KindOf.Optional(TextFormats.HeaderValue), Weakens.Never,
            s => s.InstanceId, (s, v) => s with { InstanceId = (string)v },
            "How this Postern calls itself in what it sends. Not set: the machine's name.") { IsOutsidePolicy = true, NeedsRestart = true },
        Nested.Of("webhook", (EmitSection s) => s.Webhook, (s, v) => s with { Webhook = v },
            "Events as JSON, several to a request, signed like the approvals' webhook."),
        Nested.Of("syslog", (EmitSection s) => s.Syslog, (s, v) => s with { Syslog = v },
            "Events as RFC 5424 messages."),
        Nested.Of("otlp", (EmitSection s) => s.Otlp, (s, v) => s with { Otlp = v },
            "Logs, traces and metrics over OTLP/HTTP as JSON."),
        Nested.Of("file", (EmitSection s) => s.File, (s, v) => s with { File = v },
            "Events as lines of JSON."));
}
