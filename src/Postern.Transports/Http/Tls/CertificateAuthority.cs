using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Transports.Http.Tls;

/// <summary>
/// The authority that signs the certificates shown inside intercepted tunnels: ECDSA P-256, path length 0, so that it can
/// sign leaves and nothing that signs further. Owns its key until disposed. Safe for concurrent use.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    /// <summary>Name of the certificate file in the home directory.</summary>
    public const string CertificateFileName = "ca.pem";

    /// <summary>Name of the private key file in the home directory.</summary>
    public const string KeyFileName = "ca-key.pem";

    // Ten years, as the reference does: agents' trust stores are rarely updated.
    private const int LifetimeYears = 10;

    // Leaves are back-dated by an hour; their validity must lie inside the authority's.
    private static readonly TimeSpan s_backDating = TimeSpan.FromDays(1);

    private readonly Lock _signing = new();
    private readonly ECDsa _key;
    private readonly X509SignatureGenerator _signer;

    private CertificateAuthority(X509Certificate2 certificate, ECDsa key)
    {
        Certificate = certificate;
        _key = key;
        _signer = X509SignatureGenerator.CreateForECDsa(key);
    }

    /// <summary>The authority's certificate, PEM, for the trust stores of agents. Holds no secret.</summary>
    public string CertificatePem => Certificate.ExportCertificatePem();

    /// <summary>The end of the authority's validity (UTC); no leaf outlives it.</summary>
    public DateTimeOffset ExpiresAt => new(Certificate.NotAfter.ToUniversalTime());

    /// <summary>SHA-256 of the certificate, upper-case hexadecimal, to compare with what a trust store shows.</summary>
    public string Fingerprint => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>The authority's certificate, without its key.</summary>
    internal X509Certificate2 Certificate { get; }

    /// <summary>Makes a new authority with a fresh key, valid for ten years, in memory only.</summary>
    /// <param name="clock">Gives the start of validity.</param>
    public static CertificateAuthority Create(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Issue(ECDsa.Create(ECCurve.NamedCurves.nistP256), clock);
    }

    /// <summary>Loads an authority from PEM files and checks that it is usable now.</summary>
    /// <param name="certificatePath">PEM certificate; when there are several, the first counts.</param>
    /// <param name="keyPath">PEM private key, unencrypted, not writable by group and not accessible to others.</param>
    /// <param name="clock">Tells whether the certificate is valid now.</param>
    /// <exception cref="CertificateAuthorityException">A file is missing, exposed, malformed, not a P-256 authority, expired, or the two do not belong together.</exception>
    public static CertificateAuthority Load(string certificatePath, string keyPath, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var key = CertificateAuthorityFiles.ReadKey(keyPath);
        X509Certificate2? certificate = null;
        try
        {
            certificate = CertificateAuthorityFiles.ReadCertificate(certificatePath);
            CertificateAuthorityCheck.Require(certificate, key, certificatePath, clock.GetUtcNow());
            return new CertificateAuthority(certificate, key);
        }
        catch
        {
            certificate?.Dispose();
            key.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Loads <see cref="CertificateFileName"/> and <see cref="KeyFileName"/> from a directory, making what is missing. Any number
    /// of processes may do this at once: all end with the same authority.
    /// </summary>
    /// <param name="directory">The home directory; made with mode 0700 when missing.</param>
    /// <param name="clock">Gives the start of validity and tells whether the certificate is valid now.</param>
    /// <exception cref="CertificateAuthorityException">As <see cref="Load"/>; also a certificate without its key.</exception>
    public static CertificateAuthority LoadOrCreate(string directory, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        CertificateAuthorityFiles.CreateDirectory(directory);
        var certificatePath = Path.Combine(directory, CertificateFileName);
        var keyPath = Path.Combine(directory, KeyFileName);

        if (!File.Exists(certificatePath) || !File.Exists(keyPath))
        {
            using var alone = CertificateAuthorityFiles.Lock(directory);
            PlaceMissing(certificatePath, keyPath, clock);
        }

        return Load(certificatePath, keyPath, clock);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>Signs a leaf. The validity is cut to the authority's own.</summary>
    internal X509Certificate2 Sign(CertificateRequest request, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        DateTimeOffset start = new(Certificate.NotBefore.ToUniversalTime());
        var from = notBefore < start ? start : notBefore;
        var until = notAfter > ExpiresAt ? ExpiresAt : notAfter;
        lock (_signing)
        {
            return request.Create(Certificate.SubjectName, _signer, from, until, NewSerial());
        }
    }

    // The key comes first, so that whoever was killed between the two leaves a key that the next start completes.
    private static void PlaceMissing(string certificatePath, string keyPath, TimeProvider clock)
    {
        var certified = File.Exists(certificatePath);
        if (!File.Exists(keyPath))
        {
            if (certified)
            {
                throw new CertificateAuthorityException($"{certificatePath} has no key beside it: restore {keyPath}, or remove the certificate to make a new authority.");
            }

            using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            CertificateAuthorityFiles.PlaceKey(keyPath, fresh);
        }

        if (!certified)
        {
            using var issued = Issue(CertificateAuthorityFiles.ReadKey(keyPath), clock);
            CertificateAuthorityFiles.PlaceCertificate(certificatePath, issued.Certificate);
        }
    }

    private static CertificateAuthority Issue(ECDsa key, TimeProvider clock)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("Postern");
        name.AddCommonName("Postern CA");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = clock.GetUtcNow();
        var signer = X509SignatureGenerator.CreateForECDsa(key);
        var certificate = request.Create(request.SubjectName, signer, now - s_backDating, now.AddYears(LifetimeYears), NewSerial());
        return new CertificateAuthority(certificate, key);
    }

    // RFC 5280 §4.1.2.2: positive, at most 20 octets. The top bits are fixed so that DER needs no padding and it is never zero.
    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
