using System.Security.Cryptography.X509Certificates;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Http.Tls;

namespace Postern.Program.Checkup;

/// <summary>Whether the certificate authority is there, usable, and trusted by this machine.</summary>
internal static class AuthorityCheck
{
    private const string Name = "authority";
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    public static IEnumerable<CheckResult> Run(TlsInterceptionSection section, Home home)
    {
        var isNamed = section.CaCert.Length > 0;
        var certificate = isNamed ? section.CaCert : Path.Combine(home.Path, CertificateAuthority.CertificateFileName);
        var key = isNamed ? section.CaKey : Path.Combine(home.Path, CertificateAuthority.KeyFileName);
        if (!isNamed && !File.Exists(certificate))
        {
            return [new CheckResult(Name, Health.Warn, "none: TLS is tunnelled, not read", "Run 'postern tls init' to look into TLS.")];
        }

        try
        {
            using var authority = CertificateAuthority.Load(certificate, key, TimeProvider.System);
            return [Validity(authority), Trust(authority)];
        }
        catch (CertificateAuthorityException unusable)
        {
            return [new CheckResult(Name, Health.Fail, unusable.Message, isNamed ? "Repair what tls_interception.ca_cert and ca_key name." : "Repair it, or remove both files and run 'postern tls init'.")];
        }
    }

    private static CheckResult Validity(CertificateAuthority authority) => authority.ExpiresAt - DateTimeOffset.UtcNow < s_soon
        ? new CheckResult(Name, Health.Warn, $"expires on {authority.ExpiresAt:u}", "Make a new one soon: remove ca.pem and ca-key.pem, run 'postern tls init', install it again.")
        : CheckResult.Ok(Name, $"valid until {authority.ExpiresAt:u}");

    private static CheckResult Trust(CertificateAuthority authority)
    {
        using var certificate = X509Certificate2.CreateFromPem(authority.CertificatePem);
        using var chain = new X509Chain { ChainPolicy = { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true } };
        return chain.Build(certificate)
            ? CheckResult.Ok("trust", "this machine trusts the authority")
            : new CheckResult("trust", Health.Warn, "this machine does not trust the authority", "Run 'postern tls install-ca' as root; 'postern run -- CMD' works without.");
    }
}
