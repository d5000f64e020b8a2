using Postern.Engine.Configuration.Schema;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A syslog server. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record EmitSyslogSection : ISection
{
    private const int Local0 = 16;

    /// <summary>Where it listens.</summary>
    public string Address { get; init; } = "";

    /// <summary>Who may vouch for it.</summary>
    public string CaCert { get; init; } = "";

    /// <summary>What is worth sending.</summary>
    public Urgency MinSeverity { get; init; } = Urgency.Warn;

    /// <summary>How an event is written.</summary>
    public EmitFormat Format { get; init; } = EmitFormat.Json;

    /// <summary>The facility of the messages, by its number.</summary>
    public int Facility { get; init; } = Local0;

    /// <summary>The name of the program in them.</summary>
    public string Tag { get; init; } = "postern";

    static SectionSchema ISection.Schema => field ??= new(
        "A syslog server that takes events as RFC 5424 messages.",
        new Field<EmitSyslogSection>("address", KindOf.Optional(NetworkFormats.Syslog), Weakens.WhenChanged,
            s => s.Address, (s, v) => s with { Address = (string)v },
            "Where it listens: udp://, tcp:// or tls://, a host and a port. Only tls:// keeps what is sent from others' eyes, and udp:// loses what is not taken. Not set: nowhere.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitSyslogSection>("ca_cert", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.CaCert, (s, v) => s with { CaCert = (string)v },
            "Who may vouch for a server of tls://, as PEM. Not set: whom the machine trusts.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitSyslogSection>("min_severity", Choices.Urgencies, Weakens.WhenRaised,
            s => s.MinSeverity, (s, v) => s with { MinSeverity = (Urgency)v },
            "What is worth sending; see webhook.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitSyslogSection>("format", Choices.EmitFormats, Weakens.Never,
            s => s.Format, (s, v) => s with { Format = (EmitFormat)v },
            "How an event is written.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitSyslogSection>("facility", Choices.Facilities, Weakens.Never,
            s => s.Facility, (s, v) => s with { Facility = (int)v },
            "The facility of the messages.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitSyslogSection>("tag", KindOf.Text(TextFormats.SyslogName), Weakens.Never,
            s => s.Tag, (s, v) => s with { Tag = (string)v },
            "The name of the program in them.") { IsOutsidePolicy = true, NeedsRestart = true });
}
