using Postern.Engine.Configuration.Schema;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A program of the operator's. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Url">Where events are posted.</param>
/// <param name="Secret">Signs what is sent.</param>
/// <param name="AuthToken">Goes along as a bearer token.</param>
/// <param name="MinSeverity">What is worth sending.</param>
/// <param name="Format">How an event is written.</param>
/// <param name="TimeoutSeconds">How long an answer may take.</param>
public sealed record EmitWebhookSection(
    string Url = "",
    SecretText? Secret = null,
    SecretText? AuthToken = null,
    Urgency MinSeverity = Urgency.Warn,
    EmitFormat Format = EmitFormat.Json,
    int TimeoutSeconds = 5)
{
    internal static SectionSchema Schema => field ??= new(
        "A program of the operator's that takes events over HTTP.",
        static () => new EmitWebhookSection(),
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
