using Postern.Engine.Configuration.Schema;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A program of the operator's. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record EmitWebhookSection : ISection
{
    /// <summary>Where events are posted.</summary>
    public string Url { get; init; } = "";

    /// <summary>Signs what is sent.</summary>
    public SecretText? Secret { get; init; }

    /// <summary>Goes along as a bearer token.</summary>
    public SecretText? AuthToken { get; init; }

    /// <summary>What is worth sending.</summary>
    public Urgency MinSeverity { get; init; } = Urgency.Warn;

    /// <summary>How an event is written.</summary>
    public EmitFormat Format { get; init; } = EmitFormat.Json;

    /// <summary>How long an answer may take.</summary>
    public int TimeoutSeconds { get; init; } = 5;

    static SectionSchema ISection.Schema => field ??= new(
        "A program of the operator's that takes events over HTTP.",
        new Field<EmitWebhookSection>("url", KindOf.Optional(NetworkFormats.Webhook), Weakens.WhenChanged,
            s => s.Url, (s, v) => s with { Url = (string)v },
            "Where events are posted. Not set: nowhere.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitWebhookSection>("secret", KindOf.Secret(16), Weakens.WhenChanged,
            s => s.Secret ?? SecretKind.Unset, (s, v) => s with { Secret = (SecretText)v },
            "Signs what is sent, by HMAC-SHA256. Required when url is set.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitWebhookSection>("auth_token", KindOf.Secret(16), Weakens.Never,
            s => s.AuthToken ?? SecretKind.Unset, (s, v) => s with { AuthToken = (SecretText)v },
            "Goes along as a bearer token, for receivers that ask for one.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitWebhookSection>("min_severity", Choices.Urgencies, Weakens.WhenRaised,
            s => s.MinSeverity, (s, v) => s with { MinSeverity = (Urgency)v },
            "What is worth sending: info is everything, warn what did not pass as it was, critical refusals for something grave.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitWebhookSection>("format", Choices.EmitFormats, Weakens.Never,
            s => s.Format, (s, v) => s with { Format = (EmitFormat)v },
            "How an event is written.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitWebhookSection>("timeout_seconds", KindOf.Whole(1, 120, "seconds"), Weakens.Never,
            s => s.TimeoutSeconds, (s, v) => s with { TimeoutSeconds = (int)v },
            "How long an answer may take; then it is tried again.") { IsOutsidePolicy = true, NeedsRestart = true });
}
