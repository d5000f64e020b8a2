using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Exceptions from the protection of internal addresses. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record SsrfSection : ISection
{
    /// <summary>Address ranges that may be reached although they are internal.</summary>
    public IReadOnlyList<string> IpAllowlist { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Exceptions from the protection of internal addresses.",
        new Field<SsrfSection>("ip_allowlist", KindOf.Texts(NetworkFormats.CidrException), Weakens.WhenGrown,
            s => s.IpAllowlist, (s, v) => s with { IpAllowlist = (IReadOnlyList<string>)v },
            "Address ranges that may be reached although they are internal. A range of all addresses is refused."));
}
