using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Refusing everything at once. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether the switch is pulled by this file.</param>
/// <param name="SentinelFile">While this file exists everything is refused.</param>
/// <param name="Message">What refused clients are told.</param>
/// <param name="HealthExempt">Whether /health still answers.</param>
/// <param name="MetricsExempt">Whether /metrics still answers.</param>
/// <param name="ApiToken">The bearer token of the control API.</param>
/// <param name="ApiListen">Where the control API listens.</param>
/// <param name="AllowlistIps">Clients that the switch does not stop.</param>
public sealed record KillSwitchSection(
    bool Enabled = false,
    string SentinelFile = "",
    string Message = "Emergency deny-all active",
    bool HealthExempt = true,
    bool MetricsExempt = true,
    SecretText? ApiToken = null,
    string ApiListen = "",
    IReadOnlyList<string>? AllowlistIps = null)
{
    /// <summary>Clients that the switch does not stop.</summary>
    public IReadOnlyList<string> AllowlistIps { get; init; } = AllowlistIps ?? [];

    internal static SectionSchema Schema => field ??= new(
        "Refusing everything at once.",
        static () => new KillSwitchSection(),
        new Field<KillSwitchSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether the switch is pulled by this file. The sentinel file, the control API and a signal pull it too; each holds it on its own."),
        new Field<KillSwitchSection>("sentinel_file", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.SentinelFile, (s, v) => s with { SentinelFile = (string)v },
            "While this file exists everything is refused; so it is when its existence cannot be determined."),
        new Field<KillSwitchSection>("message", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Message, (s, v) => s with { Message = (string)v },
            "What refused clients are told."),
        new Field<KillSwitchSection>("health_exempt", KindOf.Flag, Weakens.Never,
            s => s.HealthExempt, (s, v) => s with { HealthExempt = (bool)v },
            "Whether /health still answers."),
        new Field<KillSwitchSection>("metrics_exempt", KindOf.Flag, Weakens.Never,
            s => s.MetricsExempt, (s, v) => s with { MetricsExempt = (bool)v },
            "Whether /metrics still answers."),
        new Field<KillSwitchSection>("api_token", KindOf.Secret, Weakens.Never,
            s => s.ApiToken is { } secret ? secret : Unset.Value, (s, v) => s with { ApiToken = v as SecretText },
            "The bearer token of the control API."),
        new Field<KillSwitchSection>("api_listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.ApiListen, (s, v) => s with { ApiListen = (string)v },
            "Where the control API listens; never on the agents' port. Needs api_token. Not set: no control API.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<KillSwitchSection>("allowlist_ips", KindOf.Texts(NetworkFormats.CidrException), Weakens.WhenGrown,
            s => s.AllowlistIps, (s, v) => s with { AllowlistIps = (IReadOnlyList<string>)v },
            "Clients that the switch does not stop."));
}
