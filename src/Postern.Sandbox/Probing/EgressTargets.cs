namespace Postern.Sandbox.Probing;

/// <summary>What a probe tries to reach. Each stands outside and is open there, so that "closed" says something about the sandbox.</summary>
/// <param name="Tcp">A TCP listener's <c>address:port</c>.</param>
/// <param name="Tcp6">The same over IPv6.</param>
/// <param name="Udp">A UDP socket; whoever owns it sees whether something came.</param>
/// <param name="Resolver">The machine's resolver, an address.</param>
/// <param name="Unix">A Unix socket's path.</param>
/// <param name="Name">A Unix socket's abstract name.</param>
/// <param name="Process">A process of the same user.</param>
/// <param name="Secret">A file of Postern's own.</param>
public sealed record EgressTargets(
    string Tcp,
    string Tcp6,
    string Udp,
    string Resolver,
    string Unix,
    string Name,
    int Process,
    string Secret)
{
    private const int Count = 8;

    /// <summary>As arguments of <c>sandbox-probe</c>.</summary>
    public IReadOnlyList<string> Arguments =>
        [Tcp, Tcp6, Udp, Resolver, Unix, Name, Process.ToString(System.Globalization.CultureInfo.InvariantCulture), Secret];

    /// <summary>Reads <see cref="Arguments"/>; null when they are not that.</summary>
    public static EgressTargets? Of(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Count == Count && int.TryParse(arguments[6], out var process)
            ? new EgressTargets(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5], process, arguments[7])
            : null;
    }
}
