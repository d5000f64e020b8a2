using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Transports.Http.Tls;

/// <summary>What a certificate and a key must be before Postern signs with them.</summary>
internal static class CertificateAuthorityCheck
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Throws unless the pair is a P-256 authority that is valid now.</summary>
    public static void Require(X509Certificate2 certificate, ECDsa key, string path, DateTimeOffset now)
    {
        using var shown = certificate.GetECDsaPublicKey();
        if (shown is null || !IsP256(shown))
        {
            throw new CertificateAuthorityException($"{path} does not hold an ECDSA P-256 certificate: only P-256 authorities are accepted.");
        }

        if (!IsP256(key) || !SamePoint(shown, key))
        {
            throw new CertificateAuthorityException($"{path} does not belong to the private key: the certificate and the key must be one P-256 pair.");
        }

        if (!MaySign(certificate))
        {
            throw new CertificateAuthorityException($"{path} is not a certificate authority: basic constraints must say CA, and key usage must allow certificate signing.");
        }

        if (now < certificate.NotBefore.ToUniversalTime() || now >= certificate.NotAfter.ToUniversalTime())
        {
            throw new CertificateAuthorityException($"{path} is not valid now (from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u}): check the clock, or make a new authority.");
        }
    }

    private static bool IsP256(ECDsa key) => key.ExportParameters(false).Curve.Oid?.Value == P256;

    private static bool SamePoint(ECDsa left, ECDsa right)
    {
        var a = left.ExportParameters(false).Q;
        var b = right.ExportParameters(false).Q;
        return a.X.AsSpan().SequenceEqual(b.X) && a.Y.AsSpan().SequenceEqual(b.Y);
    }

    private static bool MaySign(X509Certificate2 certificate)
    {
        var authority = false;
        // RFC 5280 §4.2.1.3: without the extension every use is allowed.
        var signing = true;
        foreach (var extension in certificate.Extensions)
        {
            authority |= extension is X509BasicConstraintsExtension { CertificateAuthority: true };
            signing &= extension is not X509KeyUsageExtension usage || usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign);
        }

        return authority && signing;
    }
}
