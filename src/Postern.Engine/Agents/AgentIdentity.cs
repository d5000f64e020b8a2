using System.Net;
using System.Net.Sockets;

namespace Postern.Engine.Agents;

/// <summary>Who acts in a conversation, as far as that is known.</summary>
/// <param name="Actor">The session, as evidence names it: the agent, and from other machines <c>|</c> and the address behind it.</param>
/// <param name="Agent">The profile's name; empty for nobody that is known.</param>
public readonly record struct AgentIdentity(string Actor, string Agent)
{
    private const string Here = "local";
    private const string Elsewhere = "client";
    private const int SiteBytes = 8;

    /// <summary>Somebody on this machine.</summary>
    public static AgentIdentity Local { get; } = new(Here, string.Empty);

    /// <summary>The name of a profile that the agent gives itself and is not known by; empty when there is none.</summary>
    public string Claim { get; init; } = string.Empty;

    /// <summary>True for nobody that is known, where such are refused.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Names that no profile may have.</summary>
    internal static bool IsReserved(string name) => name.Equals(Here, StringComparison.OrdinalIgnoreCase) || name.Equals(Elsewhere, StringComparison.OrdinalIgnoreCase);

    /// <summary>The agent of a session.</summary>
    public static string AgentOf(string actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var end = actor.IndexOf('|', StringComparison.Ordinal);
        return end < 0 ? actor : actor[..end];
    }

    internal static AgentIdentity Of(string agent, IPAddress? address)
    {
        if (address is null || IPAddress.IsLoopback(address))
        {
            return agent.Length == 0 ? Local : new AgentIdentity(agent, agent);
        }

        return new AgentIdentity($"{(agent.Length == 0 ? Elsewhere : agent)}|{SiteOf(address)}", agent);
    }

    /// <summary>Whoever has one IPv6 address has all of its /64, and would otherwise have as many sessions.</summary>
    private static string SiteOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[SiteBytes..].Clear();
        return new IPAddress(bytes) + "/64";
    }
}
