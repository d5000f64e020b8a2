namespace Postern.Sandbox.Planning;

/// <summary>Where secrets lie. They are hidden even when something around them is granted, and cannot be granted themselves.</summary>
internal static class SecretPlaces
{
    private static readonly string[] s_inHome =
    [
        ".ssh", ".gnupg", ".aws", ".azure", ".config/gcloud", ".kube", ".docker", ".netrc", ".git-credentials", ".config/git/credentials",
        ".pypirc", ".npmrc", ".yarnrc.yml", ".gem/credentials", ".cargo/credentials", ".cargo/credentials.toml", ".m2/settings.xml", ".gradle/gradle.properties",
        ".nuget/NuGet/NuGet.Config", ".config/NuGet", ".config/gh", ".config/glab-cli", ".config/hub", ".config/op", ".config/rclone", ".config/doctl",
        ".config/google-chrome", ".config/chromium", ".config/BraveSoftware", ".config/microsoft-edge", ".mozilla", ".thunderbird", ".password-store",
        ".local/share/keyrings", ".local/share/kwalletd", ".local/share/gnupg", ".local/share/python_keyring", ".local/share/containers",
        ".local/share/docker", ".terraform.d/credentials.tfrc.json", ".vault-token", ".pgpass", ".my.cnf", ".boto", ".s3cfg",
        ".bash_history", ".zsh_history", ".python_history", ".node_repl_history", ".psql_history", ".mysql_history", ".bitcoin", ".ethereum", ".config/solana",
        "Library/Keychains", "Library/Cookies",
    ];

    private static readonly string[] s_ofSystem =
    [
        "/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers", "/etc/sudoers.d", "/etc/ssl/private", "/etc/pki/tls/private",
        "/etc/krb5.keytab", "/etc/kubernetes", "/etc/rancher", "/etc/wireguard", "/etc/openvpn", "/etc/ipsec.secrets", "/etc/ppp", "/etc/letsencrypt",
        "/etc/NetworkManager/system-connections", "/etc/cloud", "/etc/security/opasswd", "/etc/docker",
    ];

    /// <summary>All of them, for a user whose home is <paramref name="home"/>.</summary>
    public static IEnumerable<string> Of(string home) =>
        [.. s_inHome.Select(name => Path.Join(home, name)), .. s_ofSystem, .. HostKeys()];

    private static IEnumerable<string> HostKeys() =>
        Directory.Exists("/etc/ssh") ? Directory.EnumerateFiles("/etc/ssh", "ssh_host_*_key").Order(StringComparer.Ordinal) : [];
}
