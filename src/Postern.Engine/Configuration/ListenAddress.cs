using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Postern.Engine.Configuration;

/// <summary>Where a listener binds: an IP literal, or <c>localhost</c>, and a port.</summary>
/// <param name="Host">An IPv4 literal, an IPv6 literal without brackets, or <c>localhost</c>.</param>
/// <param name="Port">0 to 65535; 0 takes any free port.</param>
public sealed record ListenAddress(string Host, int Port)
{
    /// <summary>True when only this machine can reach the listener.</summary>
    public bool IsLoopback => Host is "localhost" or "::1" || Host.StartsWith("127.", StringComparison.Ordinal);

    /// <summary>True when the listener binds every interface.</summary>
    public bool IsWildcard => Host is "0.0.0.0" or "::";

    /// <summary>Reads <c>address:port</c>. Names other than localhost are refused: where they bind depends on a resolver.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !TryParsePort(text.AsSpan(colon + 1), out var port))
        {
            return false;
        }

        var host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            return IpText.TryParseV6(host[1..^1], out var v6) && Accept(new(v6.ToString(), port), out address);
        }

        var isLocalhost = host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return (isLocalhost || IpText.TryParseV4(host, out _)) && Accept(new(host.ToLowerInvariant(), port), out address);
    }

    /// <summary>True when both cannot be bound at once.</summary>
    public bool CollidesWith(ListenAddress other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Port == other.Port && Port != 0
            && (Host == other.Host || IsWildcard || other.IsWildcard || (IsLoopback && other.IsLoopback && (Host == "localhost" || other.Host == "localhost")));
    }

    /// <summary>The address to bind; <c>localhost</c> is 127.0.0.1, whatever a resolver says.</summary>
    public IPEndPoint ToEndPoint() => new(Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(Host), Port);

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static bool Accept(ListenAddress parsed, out ListenAddress address)
    {
        address = parsed;
        return true;
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;
}
