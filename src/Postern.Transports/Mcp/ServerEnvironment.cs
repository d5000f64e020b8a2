using System.Collections;

namespace Postern.Transports.Mcp;

/// <summary>
/// What a wrapped server finds in its environment. The agent's variables hold keys that are no business of every tool, so only those
/// pass which say where and in which language it runs, and those that the operator names.
/// </summary>
public static class ServerEnvironment
{
    private static readonly string[] s_allowed =
    [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TERM", "TZ", "TMPDIR", "SHELL",

        // Without these no program starts on Windows.
        "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMFILES", "WINDIR",
    ];

    /// <summary>The variables.</summary>
    /// <param name="own">Postern's environment.</param>
    /// <param name="more"><c>NAME</c> passes a variable on, <c>NAME=value</c> sets one.</param>
    public static Dictionary<string, string> Of(IDictionary own, IEnumerable<string> more)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(more);
        var passed = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in own)
        {
            if (variable is { Key: string name, Value: string value } && IsAllowed(name))
            {
                passed[name] = value;
            }
        }

        foreach (var setting in more)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                passed[setting[..equals]] = setting[(equals + 1)..];
            }
            else if (own[setting] is string value)
            {
                passed[setting] = value;
            }
        }

        return passed;
    }

    private static bool IsAllowed(string name) =>
        Array.Exists(s_allowed, allowed => allowed.Equals(name, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        || name.StartsWith("LC_", StringComparison.Ordinal);
}
