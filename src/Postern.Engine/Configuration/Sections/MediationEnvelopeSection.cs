using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Telling the other side that a message was mediated. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record MediationEnvelopeSection : ISection
{
    /// <summary>Whether requests and calls carry an envelope.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether requests over HTTP are signed.</summary>
    public bool Sign { get; init; }

    static SectionSchema ISection.Schema => field ??= new(
        "Telling the other side that a message was mediated, by which policy and under which record.",
        new Field<MediationEnvelopeSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether requests and calls carry an envelope: the header Postern-Mediation over HTTP, _meta[\"io.postern/mediation\"] in calls of tools over stdio and WebSockets. One that the agent wrote is taken out in any case."),
        new Field<MediationEnvelopeSection>("sign", KindOf.Flag, Weakens.WhenLowered,
            s => s.Sign, (s, v) => s with { Sign = (bool)v },
            "Whether requests over HTTP are signed (RFC 9421) with the evidence key: method, target, body and envelope. Needs enabled."));
}
