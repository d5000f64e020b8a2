using System.Text;

namespace Postern.Sandbox.Planning.Elsewhere;

/// <summary>
/// The same request as a profile for <c>sandbox-exec</c> of macOS. Text that nobody here has ever run: it is tested as text only.
/// </summary>
public static class MacProfile
{
    private static readonly string[] s_system = ["/usr", "/bin", "/sbin", "/System", "/Library", "/Applications", "/opt/homebrew", "/private/etc", "/private/var/db/dyld", "/private/var/db/timezone", "/private/var/select"];

    // Without the resolver, which asks the network for whoever asks it, without the keychain, and without what starts programs outside.
    private static readonly string[] s_services =
    [
        "com.apple.system.logger", "com.apple.logd", "com.apple.diagnosticd", "com.apple.system.notification_center", "com.apple.system.opendirectoryd.libinfo",
        "com.apple.system.opendirectoryd.membership", "com.apple.bsd.dirhelper", "com.apple.trustd", "com.apple.trustd.agent", "com.apple.FSEvents",
    ];

    private static readonly string[] s_devices = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx", "/dev/dtracehelper"];

    /// <summary>The profile.</summary>
    /// <param name="request">What is to be contained.</param>
    /// <param name="port">The firewall's port on 127.0.0.1.</param>
    /// <exception cref="ContainmentException">A grant is not acceptable, or a path cannot be written down.</exception>
    public static string Of(SandboxRequest request, int port)
    {
        ArgumentNullException.ThrowIfNull(request);
        var grants = new Grants(request, isolated: true);
        var rules = grants.Rules();
        var reads = rules.Where(static rule => rule.Access == Access.Read).Select(static rule => rule.Path).Union(s_system).ToList();
        var writes = rules.Where(static rule => rule.Access == Access.Write).Select(static rule => rule.Path).ToList();
        var text = new StringBuilder()
            .Append("(version 1)\n; Written by Postern and never run by its makers: try it before you rely on it.\n(deny default)\n")
            .Append("(allow process-fork)\n(allow signal (target same-sandbox))\n(allow sysctl-read)\n(allow file-read-metadata)\n(allow pseudo-tty)\n(allow file-read* (literal \"/\"))\n");
        Allow(text, "file-read*", "subpath", reads.Concat(writes));
        Allow(text, "file-write*", "subpath", writes);
        Allow(text, "file-read* file-write* file-ioctl", "literal", s_devices);
        Allow(text, "process-exec*", "subpath", reads.Concat(writes));
        Allow(text, "mach-lookup", "global-name", s_services);
        if (request.NeedsNetwork)
        {
            text.Append("(allow network-outbound (remote tcp \"localhost:").Append(port).Append("\"))\n");
        }

        foreach (var socket in request.Sockets)
        {
            text.Append("(allow network-outbound (remote unix-socket (path-literal ").Append(Quoted(grants.RealOf(socket) ?? socket)).Append(")))\n");
        }

        // The last word counts, so what takes away comes last.
        Write(text, "deny", "process-exec*", "subpath", rules.Where(static rule => rule.IsData).Select(static rule => rule.Path));
        Write(text, "deny", "file-write*", "subpath", rules.Where(static rule => rule.Access == Access.Read).Select(static rule => rule.Path));
        Write(text, "deny", "file-read* file-write* process-exec*", "subpath", grants.Secrets);
        return text.ToString();
    }

    private static void Allow(StringBuilder text, string what, string filter, IEnumerable<string> values) => Write(text, "allow", what, filter, values);

    private static void Write(StringBuilder text, string word, string what, string filter, IEnumerable<string> values)
    {
        var all = values.Distinct(StringComparer.Ordinal).ToList();
        if (all.Count > 0)
        {
            text.Append('(').Append(word).Append(' ').Append(what);
            all.ForEach(value => text.Append("\n    (").Append(filter).Append(' ').Append(Quoted(value)).Append(')'));
            text.Append(")\n");
        }
    }

    private static string Quoted(string text) => text.Any(char.IsControl)
        ? throw new ContainmentException("a path with control characters cannot be written into a profile")
        : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
