using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Exceptions from the protection of internal addresses. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="IpAllowlist">Address ranges that may be reached although they are internal.</param>
public sealed record SsrfSection(
    IReadOnlyList<string>? IpAllowlist = null)
{
    /// <summary>Address ranges that may be reached although they are internal.</summary>
    public IReadOnlyList<string> IpAllowlist { get; init; } = IpAllowlist ?? [];

    internal static SectionSchema Schema => field ??= new(
        "Exceptions from the protection of internal addresses.",
        static () => new SsrfSection(),
        new Field<SsrfSection>("ip_allowlist", KindOf.Texts(NetworkFormats.CidrException), Weakens.WhenGrown,
            s => s.IpAllowlist, (s, v) => s with { IpAllowlist = (IReadOnlyList<string>)v },
            "Address ranges that may be reached although they are internal. A range of all addresses is refused."));
}
