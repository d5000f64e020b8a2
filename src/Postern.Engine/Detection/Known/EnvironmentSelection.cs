using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Known;

/// <summary>
/// Tells the secrets of an environment from its ordinary values. A name that speaks of secrets needs a value that is no path and not
/// all repetition; under any other name a value has to look drawn by lot. Of a connection string only the password and such pieces count:
/// the rest of it is in every log.
/// </summary>
internal static class EnvironmentSelection
{
    /// <summary>Bits per byte above which a value under a telling name counts; "aaaabbbbccccdddd" has 2.</summary>
    private const double MinEntropy = 3.0;

    /// <summary>The longest value that is looked at for pieces.</summary>
    private const int MaxStructuredBytes = 64 * 1024;

    private static readonly SearchValues<char> s_structure = SearchValues.Create(" \t\r\n;\"{}");

    private static readonly FrozenSet<string> s_plain = FrozenSet.ToFrozenSet(
        [
            "PATH", "PWD", "OLDPWD", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LANGUAGE", "HOSTNAME", "HOST", "MAIL", "EDITOR", "VISUAL", "PAGER",
            "DISPLAY", "TZ", "TMPDIR", "TEMP", "TMP", "PS1", "PS2", "LS_COLORS", "LSCOLORS", "COLORTERM", "SHLVL", "CI", "MANPATH", "INFOPATH", "CLASSPATH",
            "USERNAME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "COMSPEC", "PATHEXT", "WINDIR", "INVOCATION_ID", "JOURNAL_STREAM", "SSH_CONNECTION",
            "SSH_CLIENT", "SSH_TTY", "GPG_TTY", "GNOME_KEYRING_CONTROL", "MAKEFLAGS", "LESSOPEN", "LESSCLOSE", "SYSTEMD_EXEC_PID", "NO_PROXY",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] s_plainBeginnings = ["LC_", "XDG_", "DBUS_", "npm_package_", "VSCODE_GIT_IPC_", "WAYLAND_", "QT_", "GTK_"];

    private static readonly string[] s_plainEndings = ["_PATH", "_DIR", "_HOME", "_ROOT", "_SOCK", "_SOCKET", "_PID", "_VERSION", "_SHA", "_COMMIT", "_REF", "_LOCALE", "_DIGEST", "_CHECKSUM"];

    private static readonly string[] s_plainWords = ["PUBLIC", "PUBLISHABLE", "FINGERPRINT", "KEYBOARD", "KEYMAP", "AUTHOR"];

    private static readonly string[] s_telling = ["KEY", "TOKEN", "SECRET", "PASS", "PWD", "AUTH", "CRED", "PRIVATE", "SIGN", "SALT", "WEBHOOK", "COOKIE", "DSN"];

    /// <summary>What of a variable must not leave; nothing for most.</summary>
    public static IEnumerable<OwnSecret> Of(string name, string value, int minLength)
    {
        value = value.Trim();
        var bytes = Encoding.UTF8.GetBytes(value);
        if (bytes.Length < minLength || bytes.Length > MaxStructuredBytes || IsPlain(name) || IsPath(value, bytes))
        {
            return [];
        }

        var isTelling = Array.Exists(s_telling, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
        var isOne = !value.AsSpan().ContainsAny(s_structure) && !value.Contains("://", StringComparison.Ordinal);
        var counts = isTelling ? Entropy.Of(bytes) > MinEntropy : ValueRarity.IsRare(bytes) && !bytes.All(static b => char.IsAsciiHexDigit((char)b));
        return !isOne ? Pieces(value, minLength).Select(piece => new OwnSecret(name, new SecretText(piece)))
            : counts && bytes.Length <= OwnSecrets.MaxValueBytes ? [new OwnSecret(name, new SecretText(value))]
            : [];
    }

    private static bool IsPlain(string name) =>
        s_plain.Contains(name)
        || Array.Exists(s_plainBeginnings, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(s_plainEndings, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(s_plainWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    // One value of base64 in 64 begins with a slash; it has none of the other marks of a path.
    private static bool IsPath(string value, byte[] bytes) =>
        value[0] is '/' or '~' or '.'
        && !(value[0] == '/' && bytes.Length >= 32 && !value.AsSpan().ContainsAny(".-_:") && ValueRarity.IsRare(bytes));

    /// <summary>The password of a URL, and whatever else looks drawn by lot.</summary>
    private static IEnumerable<string> Pieces(string value, int minLength)
    {
        if (PasswordOf(value) is { } password)
        {
            yield return password;
        }

        foreach (var piece in value.Split([' ', '\t', '\r', '\n', ';', '"', '{', '}', ',', ':', '@', '/', '?', '&', '\\', '\'', '(', ')', '<', '>', '|']))
        {
            var token = piece.Contains('=') && piece.TrimEnd('=').IndexOf('=') is > 0 and var sign ? piece[(sign + 1)..] : piece;
            if (token.Length >= minLength && token.Length <= OwnSecrets.MaxValueBytes && ValueRarity.IsRare(Encoding.UTF8.GetBytes(token)))
            {
                yield return token;
            }
        }
    }

    private static string? PasswordOf(string value)
    {
        var start = value.IndexOf("://", StringComparison.Ordinal);
        var end = start < 0 ? -1 : value.LastIndexOf('@');
        var colon = end < start + 3 ? -1 : value.IndexOf(':', start + 3);
        return colon < 0 || colon > end || end - colon - 1 < OwnSecrets.MinValueBytes ? null : Uri.UnescapeDataString(value[(colon + 1)..end]);
    }
}
