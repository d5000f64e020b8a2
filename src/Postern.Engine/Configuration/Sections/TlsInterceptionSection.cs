using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Looking into TLS. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record TlsInterceptionSection : ISection
{
    /// <summary>Whether tunnels are opened and inspected.</summary>
    public InterceptionMode Enabled { get; init; } = InterceptionMode.Auto;

    /// <summary>The CA certificate as PEM.</summary>
    public string CaCert { get; init; } = "";

    /// <summary>The key of the CA as PEM.</summary>
    public string CaKey { get; init; } = "";

    /// <summary>Destinations whose tunnels are never opened.</summary>
    public IReadOnlyList<string> PassthroughDomains { get; init; } = [];

    /// <summary>How long a minted certificate is valid.</summary>
    public int CertTtlSeconds { get; init; } = 86400;

    /// <summary>How many minted certificates are kept.</summary>
    public int CertCacheSize { get; init; } = 10000;

    static SectionSchema ISection.Schema => field ??= new(
        "Looking into TLS: Postern ends the session with a certificate of its own and opens another one to the server.",
        new Field<TlsInterceptionSection>("enabled", Choices.Interception, Weakens.WhenRaised,
            s => s.Enabled, (s, v) => s with { Enabled = (InterceptionMode)v },
            "Whether tunnels are opened and inspected. auto: when the CA of the home directory exists (postern tls init, or run with a command, makes it). With true a missing CA stops the program.") { NeedsRestart = true },
        new Field<TlsInterceptionSection>("ca_cert", KindOf.Optional(TextFormats.Path), Weakens.Never,
            s => s.CaCert, (s, v) => s with { CaCert = (string)v },
            "The CA certificate as PEM. Not set: ca.pem in the home directory.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<TlsInterceptionSection>("ca_key", KindOf.Optional(TextFormats.Path), Weakens.Never,
            s => s.CaKey, (s, v) => s with { CaKey = (string)v },
            "The key of the CA as PEM; nobody but its owner may write it and only its owner or group may read it. Not set: ca-key.pem in the home directory.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<TlsInterceptionSection>("passthrough_domains", KindOf.Texts(HostFormats.Host), Weakens.WhenGrown,
            s => s.PassthroughDomains, (s, v) => s with { PassthroughDomains = (IReadOnlyList<string>)v },
            "Destinations whose tunnels are never opened. Their content passes unread, and the evidence says so."),
        new Field<TlsInterceptionSection>("cert_ttl", KindOf.Duration(300, 7776000), Weakens.Never,
            s => s.CertTtlSeconds, (s, v) => s with { CertTtlSeconds = (int)v },
            "How long a minted certificate is valid.") { NeedsRestart = true },
        new Field<TlsInterceptionSection>("cert_cache_size", KindOf.Whole(16, 1000000, "certificates"), Weakens.Never,
            s => s.CertCacheSize, (s, v) => s with { CertCacheSize = (int)v },
            "How many minted certificates are kept. 0 is an error: without a cache every connection pays for minting.") { NeedsRestart = true });
}
