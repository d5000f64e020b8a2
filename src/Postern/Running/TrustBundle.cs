using Postern.Transports.Http.Tls;

namespace Postern.Program.Running;

/// <summary>One PEM file with everybody the system trusts and our authority, for programs that take a bundle instead of adding to one.</summary>
internal static class TrustBundle
{
    /// <summary>Its name in the home.</summary>
    public const string FileName = "ca-bundle.pem";

    /// <summary>Where systems keep their bundle; the first that exists is taken.</summary>
    private static readonly string[] s_systemBundles =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/cert.pem",
        "/etc/ssl/ca-bundle.pem",
    ];

    /// <summary>Writes the bundle into the home and returns its path.</summary>
    public static string Write(Home home, CertificateAuthority authority)
    {
        var path = Path.Combine(home.Path, FileName);
        var system = Array.Find(s_systemBundles, File.Exists);
        var text = (system is null ? string.Empty : File.ReadAllText(system).TrimEnd() + "\n") + authority.CertificatePem.TrimEnd() + "\n";
        var temporary = path + "." + Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
        return path;
    }
}
