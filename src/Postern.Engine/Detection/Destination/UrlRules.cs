namespace Postern.Engine.Detection.Destination;

/// <summary>The rules of the destination layers, in the order in which they are tried.</summary>
internal static class UrlRules
{
    public static readonly Rule TooLong = Core("destination.url-too-long", "URL too long", Severity.High,
        "Move the data into the request body, or raise fetch_proxy.monitoring.max_url_length.");

    public static readonly Rule LineBreak = Core("destination.crlf", "Line break in URL", Severity.Critical,
        "Remove the encoded CR or LF from path and query; send multi-line text in the request body.");

    public static readonly Rule Malformed = Core("destination.malformed", "URL that programs read differently", Severity.High,
        "Write an absolute URL with a plain host, percent-encode spaces, controls and non-ASCII, and use no backslashes.");

    public static readonly Rule Scheme = Core("destination.scheme", "Scheme not forwarded", Severity.High,
        "Use http, https, ws or wss.");

    public static readonly Rule Userinfo = Core("destination.userinfo", "User name in URL", Severity.High,
        "Take user and password out of the URL and send an Authorization header; check that the host is the one you mean.");

    public static readonly Rule PathTraversal = Core("destination.path-traversal", "Path traversal", Severity.High,
        "Resolve the \"..\" segments before the request is sent.");

    public static readonly Rule NotAllowlisted = Configured("destination.not-allowlisted", "Host not on the allow-list", Severity.High,
        "In strict mode only hosts in api_allowlist are reachable; add the host there.");

    public static readonly Rule Blocklisted = Configured("destination.blocklisted", "Host on the block-list", Severity.High,
        "Use another service, or remove the host from fetch_proxy.monitoring.blocklist.");

    public static readonly Rule Port = Configured("destination.port", "Tunnel to a port that is not permitted", Severity.High,
        "Tunnels go only to the ports in forward_proxy.connect_ports; add the port there.");

    public static readonly Rule MetadataAddress = Core("destination.metadata-address", "Cloud metadata service", Severity.Critical,
        "The address hands out the machine's credentials; only an exact entry in ssrf.ip_allowlist opens it, trusted_domains does not.");

    public static readonly Rule InternalAddress = Core("destination.internal-address", "Internal or special address", Severity.Critical,
        "If the destination is meant, add the host to trusted_domains (a name) or the address to ssrf.ip_allowlist (a literal).");

    public static readonly Rule AllowlistedInternalName = Core("destination.allowlisted-internal-name",
        "Allow-listed host with an internal address", Severity.High,
        "api_allowlist does not permit internal addresses; add this host to trusted_domains as well.");

    public static readonly Rule AllowlistedInternalLiteral = Core("destination.allowlisted-internal-literal",
        "Allow-listed internal address", Severity.High,
        "api_allowlist does not permit internal addresses; add this address as a /32 (IPv6: /128) to ssrf.ip_allowlist as well.");

    public static readonly Rule EntropyPath = Entropy("destination.entropy-path", "Random-looking path segment",
        "If the host is meant to receive such ids, add it to fetch_proxy.monitoring.subdomain_entropy_exclusions, or raise entropy_threshold there.");

    public static readonly Rule EntropyQuery = Entropy("destination.entropy-query", "Random-looking query key or value",
        "Send the value in the request body, where its content can be inspected, or raise fetch_proxy.monitoring.entropy_threshold.");

    public static readonly Rule EntropySubdomain = Entropy("destination.entropy-subdomain", "Random-looking subdomain",
        "If the host is meant, add it to fetch_proxy.monitoring.subdomain_entropy_exclusions, or raise subdomain_entropy_threshold there.");

    public static readonly Rule Unresolvable = new("destination.unresolvable", "Host without an address", RuleCategory.Operation,
        Severity.Low, Confidence.Certain, "Check the spelling of the host and that this machine's DNS answers.", Core: true);

    public static readonly Rule Rate = new("destination.rate", "Too many requests to one domain", RuleCategory.Budget,
        Severity.Medium, Confidence.Certain, "Wait a minute, or raise fetch_proxy.monitoring.max_requests_per_minute.");

    public static readonly Rule DataBudget = new("destination.data-budget", "Too much data with one domain", RuleCategory.Budget,
        Severity.High, Confidence.Certain, "Wait a minute, or raise fetch_proxy.monitoring.max_data_per_minute.");

    public static readonly Rule Names = new("destination.names", "Too many names of one domain asked for", RuleCategory.Budget,
        Severity.High, Confidence.Certain, "Ten minutes make room again; if the domain is meant, raise dns_proxy.max_names_per_domain.");

    /// <summary>All of them, for the catalogue.</summary>
    public static readonly Rule[] All =
    [
        TooLong, LineBreak, Malformed, Scheme, Userinfo, PathTraversal, NotAllowlisted, Blocklisted, Port, MetadataAddress,
        InternalAddress, AllowlistedInternalName, AllowlistedInternalLiteral, EntropyPath, EntropyQuery, EntropySubdomain,
        Unresolvable, Rate, DataBudget, Names,
    ];

    /// <summary>The rule that a URL with this fault breaks.</summary>
    public static Rule Of(UrlFault fault) => fault switch
    {
        UrlFault.TooLong => TooLong,
        UrlFault.BadScheme => Scheme,
        UrlFault.Userinfo => Userinfo,
        _ => Malformed,
    };

    private static Rule Core(string id, string title, Severity severity, string remedy) =>
        new(id, title, RuleCategory.Destination, severity, Confidence.Certain, remedy, Core: true);

    private static Rule Configured(string id, string title, Severity severity, string remedy) =>
        new(id, title, RuleCategory.Destination, severity, Confidence.Certain, remedy);

    private static Rule Entropy(string id, string title, string remedy) =>
        new(id, title, RuleCategory.Destination, Severity.Medium, Confidence.Medium, remedy);
}
