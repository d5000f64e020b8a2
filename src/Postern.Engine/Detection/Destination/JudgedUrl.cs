namespace Postern.Engine.Detection.Destination;

/// <summary>
/// What the inspector learned about a destination. Holds its host by value: keep it, resolve <see cref="Url"/>'s host, have the
/// addresses inspected, and dial one of those, nothing else.
/// </summary>
public readonly record struct JudgedUrl
{
    internal JudgedUrl(in HttpUrl url, bool isAllowlisted, bool isTrusted)
    {
        Url = url;
        IsAllowlisted = isAllowlisted;
        IsTrusted = isTrusted;
    }

    /// <summary>The URL; for a CONNECT target only its authority. Default, with a host of kind None, when it could not be read.</summary>
    public HttpUrl Url { get; }

    /// <summary>True when the host is on the allow-list: the grant of strict mode. Excuses nothing else.</summary>
    public bool IsAllowlisted { get; }

    /// <summary>True when the host is a name in trusted_domains. Never true for an address literal.</summary>
    public bool IsTrusted { get; }

    /// <summary>True when the host is a name: its addresses are to be resolved and inspected before anything is dialled.</summary>
    public bool NeedsAddresses => Url.Authority.Host.Kind == HostKind.Name;
}
