using System.Security.Cryptography.X509Certificates;
using Postern.Transports.Http.Tls;

namespace Postern.Program.Checkup;

/// <summary>Whether the certificate authority is there, usable, and trusted by this machine.</summary>
internal static class AuthorityCheck
{
    private const string Name = "authority";
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    public static IEnumerable<CheckResult> Run(Home home)
    {
        var certificate = Path.Combine(home.Path, CertificateAuthority.CertificateFileName);
        if (!File.Exists(certificate))
        {
            return [new CheckResult(Name, Health.Warn, "none: TLS is tunnelled, not read", "Run 'postern tls init' to look into TLS.")];
        }

        try
        {
            using var authority = CertificateAuthority.Load(certificate, Path.Combine(home.Path, CertificateAuthority.KeyFileName), TimeProvider.System);
            return [Validity(authority), Trust(authority)];
        }
        catch (CertificateAuthorityException unusable)
        {
            return [new CheckResult(Name, Health.Fail, unusable.Message, "Repair it, or remove both files and run 'postern tls init'.")];
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
