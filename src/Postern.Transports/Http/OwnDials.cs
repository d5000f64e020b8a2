using System.Collections.Concurrent;
using System.Net;

namespace Postern.Transports.Http;

/// <summary>The near ends of all connections that Postern has open to the world: one that arrives from there is our own, sent back to us.</summary>
/// <remarks>A dial is noted before its first byte leaves, so whoever looks after a first byte has arrived sees it.</remarks>
internal static class OwnDials
{
    private static readonly ConcurrentDictionary<IPEndPoint, byte> s_open = new();

    /// <summary>A connection was opened.</summary>
    public static void Add(IPEndPoint nearEnd) => s_open[nearEnd] = 0;

    /// <summary>It is closed.</summary>
    public static void Remove(IPEndPoint nearEnd) => s_open.TryRemove(nearEnd, out _);

    /// <summary>True when a connection from there is our own.</summary>
    public static bool Contains(EndPoint? from) => from is IPEndPoint end
        && s_open.ContainsKey(end.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(end.Address.MapToIPv4(), end.Port) : end);
}
