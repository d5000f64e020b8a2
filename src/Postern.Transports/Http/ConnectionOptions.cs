using System.Collections.Frozen;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>
/// What a Connection header may name: fields for the next hop. One that names what is said to everybody would have it taken away
/// here, and whoever comes next would read the body differently than it was read here (RFC 9110 §7.6.1 forbids it).
/// </summary>
internal static class ConnectionOptions
{
    private static readonly FrozenSet<string> s_forEverybody = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host", "Authorization", "Cookie", "Set-Cookie", "Range", "Accept-Ranges", "Accept-Encoding", "grpc-encoding", "grpc-accept-encoding",
        "Location", "X-Content-Type-Options");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_forEverybody.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Notes a field of framing, typing or addressing in the value of a Connection header.</summary>
    public static Obstacle Check(ReadOnlySpan<char> connection)
    {
        foreach (var token in connection.Split(','))
        {
            var name = connection[token].Trim();
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || s_lookup.Contains(name))
            {
                return Obstacle.AmbiguousFraming;
            }
        }

        return Obstacle.None;
    }
}
