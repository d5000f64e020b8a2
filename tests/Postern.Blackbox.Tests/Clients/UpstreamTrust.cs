using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>The authority of the servers of a test, as the files that programs read.</summary>
internal sealed class UpstreamTrust
{
    private const string SystemBundle = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Makes the authority and a certificate for localhost in <paramref name="directory"/>.</summary>
    public UpstreamTrust(string directory)
    {
        CertificateFile = Path.Combine(directory, "upstream.pem");
        KeyFile = Path.Combine(directory, "upstream.key");
        BundleFile = Path.Combine(directory, "upstream-bundle.pem");
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Authority(authorityKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Leaf(key, authority);
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem() + "\n");
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        var system = File.Exists(SystemBundle) ? File.ReadAllText(SystemBundle).TrimEnd() + "\n" : string.Empty;
        File.WriteAllText(BundleFile, system + authority.ExportCertificatePem() + "\n");
    }

    /// <summary>The servers' certificate.</summary>
    public string CertificateFile { get; }

    /// <summary>Its key.</summary>
    public string KeyFile { get; }

    /// <summary>Whom the system trusts and this authority: what the firewall is told to trust.</summary>
    public string BundleFile { get; }

    private static X509Certificate2 Authority(ECDsa key)
    {
        var request = new CertificateRequest("CN=Upstream authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
    }

    private static X509Certificate2 Leaf(ECDsa key, X509Certificate2 authority)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(6), [1, 2, 3, 4]);
    }
}
