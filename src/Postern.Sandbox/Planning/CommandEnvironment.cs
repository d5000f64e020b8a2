using System.Collections;

namespace Postern.Sandbox.Planning;

/// <summary>
/// What a contained command finds of the user's environment: everything but what looks like a secret and what points to a service
/// that it cannot reach. The operator names exceptions.
/// </summary>
public static class CommandEnvironment
{
    private static readonly string[] s_services =
    [
        "SSH_AUTH_SOCK", "SSH_AGENT_PID", "SSH_CONNECTION", "SSH_CLIENT", "GPG_AGENT_INFO", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "DOCKER_HOST", "CONTAINER_HOST",
        "XDG_RUNTIME_DIR", "XAUTHORITY", "DISPLAY", "WAYLAND_DISPLAY", "PULSE_SERVER", "NOTIFY_SOCKET", "TMUX", "STY", "KUBECONFIG", "VSCODE_IPC_HOOK_CLI", "POSTERN_HOME", "TMPDIR",
    ];

    private static readonly string[] s_secretWords = ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "APIKEY", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY"];

    /// <summary>The variables that pass.</summary>
    /// <param name="own">Postern's environment.</param>
    /// <param name="command">The command, which may be an agent with a key of its own.</param>
    /// <param name="more"><c>NAME</c> passes a variable on that would not pass.</param>
    public static Dictionary<string, string> Of(IDictionary own, IReadOnlyList<string> command, IReadOnlyList<string> more)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(more);
        var needed = AgentNeeds.Of(command[0]).Variables;
        var passed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in own)
        {
            if (variable is { Key: string name, Value: string value } && (Passes(name, value) || needed.Contains(name) || more.Contains(name)))
            {
                passed[name] = value;
            }
        }

        return passed;
    }

    /// <summary>Sets what the operator says with <c>NAME=value</c>: the last word, so after everything that Postern sets; nothing after the sign takes the variable away.</summary>
    public static void Set(Dictionary<string, string> variables, IReadOnlyList<string> more)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(more);
        foreach (var setting in more.Where(static text => text.IndexOf('=', StringComparison.Ordinal) > 0))
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            variables[setting[..equals]] = setting[(equals + 1)..];
        }
    }

    private static bool Passes(string name, string value) =>
        !s_services.Contains(name)
        && !name.EndsWith("_KEY", StringComparison.OrdinalIgnoreCase)
        && !Array.Exists(s_secretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        && !HasUserPart(value);

    /// <summary>A URL with a password in it, such as <c>postgres://user:password@host</c>.</summary>
    private static bool HasUserPart(string value)
    {
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        var at = scheme < 0 ? -1 : value.IndexOf('@', scheme);
        return at > 0 && value.AsSpan(scheme + 3, at - scheme - 3).Contains(':');
    }
}
