using System.Net;
using Postern.Engine.Policy;

namespace Postern.Engine.Detection.Destination;

/// <summary>A destination that was judged, with the very addresses that were judged: a release dials these and no others.</summary>
public sealed class JudgedDestination
{
    internal JudgedDestination(string scheme, Authority authority, byte[] domain, IPAddress[] addresses, PolicySnapshot policy)
    {
        Scheme = scheme;
        Authority = authority;
        Host = authority.Host.ToString();
        Origin = scheme + "://" + FormatAuthority(authority, scheme);
        OriginBytes = System.Text.Encoding.ASCII.GetBytes(Origin);
        Domain = domain;
        Addresses = addresses;
        Policy = policy;
    }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme { get; }

    /// <summary>Canonical host and port.</summary>
    public Authority Authority { get; }

    /// <summary>Canonical ASCII host without brackets.</summary>
    public string Host { get; }

    /// <summary>1 to 65535.</summary>
    public int Port => Authority.Port;

    /// <summary>Scheme, host and port, the default port left out: what evidence records and requests are built on.</summary>
    public string Origin { get; }

    /// <summary>At least one; every one of them passed, in the order of the resolver.</summary>
    public IPAddress[] Addresses { get; }

    /// <summary>The policy under which they passed; of two agents each has its own.</summary>
    public PolicySnapshot Policy { get; }

    /// <summary><see cref="Origin"/> in ASCII.</summary>
    internal byte[] OriginBytes { get; }

    /// <summary>The registrable domain, by which budgets are kept.</summary>
    internal byte[] Domain { get; }

    private static string FormatAuthority(in Authority authority, string scheme)
    {
        Span<byte> text = stackalloc byte[Authority.MaxBytes];
        return System.Text.Encoding.ASCII.GetString(text[..authority.Format(text, scheme == "https" ? 443 : 80)]);
    }
}
