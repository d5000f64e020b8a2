using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Who else is told. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="InstanceId">How this Postern calls itself.</param>
/// <param name="Webhook">A program of the operator's, over HTTP.</param>
/// <param name="Syslog">A syslog server.</param>
/// <param name="Otlp">An OpenTelemetry collector.</param>
/// <param name="File">A file.</param>
public sealed record EmitSection(
    string InstanceId = "",
    EmitWebhookSection? Webhook = null,
    EmitSyslogSection? Syslog = null,
    EmitOtlpSection? Otlp = null,
    EmitFileSection? File = null)
{
    /// <summary>A program of the operator's, over HTTP.</summary>
    public EmitWebhookSection Webhook { get; init; } = Webhook ?? new();

    /// <summary>A syslog server.</summary>
    public EmitSyslogSection Syslog { get; init; } = Syslog ?? new();

    /// <summary>An OpenTelemetry collector.</summary>
    public EmitOtlpSection Otlp { get; init; } = Otlp ?? new();

    /// <summary>A file.</summary>
    public EmitFileSection File { get; init; } = File ?? new();

    internal static SectionSchema Schema => field ??= new(
        "Who else is told of decisions. Each sink reads the evidence from where it stood, so one that was down is told later what it missed: see docs/telemetry.md.",
        static () => new EmitSection(),
        new Field<EmitSection>("instance_id", KindOf.Optional(TextFormats.HeaderValue), Weakens.Never,
            s => s.InstanceId, (s, v) => s with { InstanceId = (string)v },
            "How this Postern calls itself in what it sends. Not set: the machine's name.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitSection>("webhook", KindOf.Section(() => EmitWebhookSection.Schema), Weakens.Never,
            s => s.Webhook, (s, v) => s with { Webhook = (EmitWebhookSection)v },
            "Events as JSON, several to a request, signed like the approvals' webhook."),
        new Field<EmitSection>("syslog", KindOf.Section(() => EmitSyslogSection.Schema), Weakens.Never,
            s => s.Syslog, (s, v) => s with { Syslog = (EmitSyslogSection)v },
            "Events as RFC 5424 messages."),
        new Field<EmitSection>("otlp", KindOf.Section(() => EmitOtlpSection.Schema), Weakens.Never,
            s => s.Otlp, (s, v) => s with { Otlp = (EmitOtlpSection)v },
            "Logs, traces and metrics over OTLP/HTTP as JSON."),
        new Field<EmitSection>("file", KindOf.Section(() => EmitFileSection.Schema), Weakens.Never,
            s => s.File, (s, v) => s with { File = (EmitFileSection)v },
            "Events as lines of JSON."));
}
