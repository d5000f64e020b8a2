using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Tests.Http.Tls;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("postern-ca-").FullName;

    private string CertificatePath => Path.Combine(_home, CertificateAuthority.CertificateFileName);

    private string KeyPath => Path.Combine(_home, CertificateAuthority.KeyFileName);

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Is_a_p256_authority_of_path_length_zero_for_ten_years()
    {
        using var authority = CertificateAuthority.Create(TimeProvider.System);
        var certificate = authority.Certificate;

        var constraints = Assert.Single(certificate.Extensions.OfType<X509BasicConstraintsExtension>());
        Assert.True(constraints is { CertificateAuthority: true, HasPathLengthConstraint: true, PathLengthConstraint: 0, Critical: true });
        var usage = Assert.Single(certificate.Extensions.OfType<X509KeyUsageExtension>());
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, usage.KeyUsages);
        Assert.True(usage.Critical);
        Assert.Contains("O=Postern", certificate.Subject, StringComparison.Ordinal);
        Assert.Equal(16, certificate.SerialNumberBytes.Length);
        Assert.InRange(authority.ExpiresAt, DateTimeOffset.UtcNow.AddYears(10).AddMinutes(-5), DateTimeOffset.UtcNow.AddYears(10));
        Assert.False(certificate.HasPrivateKey);
    }

    [Fact]
    public void Serials_differ()
    {
        using var one = CertificateAuthority.Create(TimeProvider.System);
        using var other = CertificateAuthority.Create(TimeProvider.System);
        Assert.NotEqual(one.Certificate.SerialNumber, other.Certificate.SerialNumber);
    }

    [Fact]
    public void A_second_start_loads_what_the_first_made_and_the_modes_are_narrow()
    {
        using var made = CertificateAuthority.LoadOrCreate(_home, TimeProvider.System);
        using var loaded = CertificateAuthority.LoadOrCreate(_home, TimeProvider.System);

        Assert.Equal(made.Fingerprint, loaded.Fingerprint);
        Assert.Empty(Directory.GetFiles(_home, "*.tmp"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("600", Convert.ToString((int)File.GetUnixFileMode(KeyPath), 8));
            Assert.Equal("644", Convert.ToString((int)File.GetUnixFileMode(CertificatePath), 8));
        }
    }

    [Fact]
    public async Task All_who_start_at_once_end_with_one_authority()
    {
        using var together = new Barrier(8);
        Task<string>[] starts = [.. Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                using var authority = CertificateAuthority.LoadOrCreate(_home, TimeProvider.System);
                return authority.Fingerprint;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];

        Assert.Single((await Task.WhenAll(starts)).Distinct());
        Assert.Empty(Directory.GetFiles(_home, "*.tmp"));
    }

    [Fact]
    public void A_start_that_was_killed_after_the_key_is_completed_by_the_next()
    {
        using (CertificateAuthority.LoadOrCreate(_home, TimeProvider.System))
        {
            File.Delete(CertificatePath);
        }

        var key = File.ReadAllBytes(KeyPath);
        using var authority = CertificateAuthority.LoadOrCreate(_home, TimeProvider.System);
        Assert.Equal(key, File.ReadAllBytes(KeyPath));
    }

    [Fact]
    public void Refuses_a_certificate_whose_key_is_lost()
    {
        using (CertificateAuthority.LoadOrCreate(_home, TimeProvider.System))
        {
            File.Delete(KeyPath);
        }

        AssertRefused("no key beside it", () => CertificateAuthority.LoadOrCreate(_home, TimeProvider.System));
        Assert.False(File.Exists(KeyPath));
    }

    [Theory]
    [InlineData("604")]
    [InlineData("602")]
    [InlineData("620")]
    [InlineData("644")]
    [InlineData("666")]
    public void Refuses_an_exposed_key(string mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes");
        using (CertificateAuthority.LoadOrCreate(_home, TimeProvider.System))
        {
            SetMode(mode);
        }

        AssertRefused($"chmod 600 {KeyPath}", () => CertificateAuthority.LoadOrCreate(_home, TimeProvider.System));
    }

    [Theory]
    [InlineData("400")]
    [InlineData("640")]
    public void Accepts_a_key_that_a_group_may_read(string mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes");
        using var made = CertificateAuthority.LoadOrCreate(_home, TimeProvider.System);
        SetMode(mode);
        using var loaded = CertificateAuthority.LoadOrCreate(_home, TimeProvider.System);
        Assert.Equal(made.Fingerprint, loaded.Fingerprint);
    }

    [Fact]
    public void Refuses_a_p384_authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Write(Authority(key), key.ExportPkcs8PrivateKeyPem());
        AssertRefused("P-256", Load);
    }

    [Fact]
    public void Refuses_an_rsa_authority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("O=Other", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        AssertRefused("elliptic-curve", Load);
    }

    [Fact]
    public void Refuses_a_certificate_that_is_no_authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=Other", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        AssertRefused("not a certificate authority", Load);
    }

    [Fact]
    public void Refuses_an_authority_that_may_not_sign_certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write(Authority(key, new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, true)), key.ExportPkcs8PrivateKeyPem());
        AssertRefused("key usage", Load);
    }

    [Fact]
    public void Refuses_a_key_of_another_certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write(Authority(key), other.ExportPkcs8PrivateKeyPem());
        AssertRefused("does not belong", Load);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(3651 + 365)]
    public void Refuses_an_authority_outside_its_validity(int days)
    {
        using (CertificateAuthority.LoadOrCreate(_home, TimeProvider.System))
        {
            var clock = new ManualClock(DateTimeOffset.UtcNow.AddDays(days));
            AssertRefused("not valid now", () => CertificateAuthority.LoadOrCreate(_home, clock));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nc2VjcmV0LXNlY3JldA==\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0LXNlY3JldA==\n-----END ENCRYPTED PRIVATE KEY-----\n")]
    public void A_key_that_cannot_be_read_is_named_and_not_quoted(string pem)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write(Authority(key), pem);
        var refusal = AssertRefused(KeyPath, Load);
        Assert.DoesNotContain("c2VjcmV0", refusal.ToString(), StringComparison.Ordinal);
    }

    private static CertificateAuthorityException AssertRefused(string because, Func<CertificateAuthority> load)
    {
        var refusal = Assert.Throws<CertificateAuthorityException>(() => load().Dispose());
        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
        return refusal;
    }

    private static string Authority(ECDsa key, params X509Extension[] extensions)
    {
        var request = new CertificateRequest("O=Other", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem();
    }

    private CertificateAuthority Load() => CertificateAuthority.Load(CertificatePath, KeyPath, TimeProvider.System);

    private void Write(string certificate, string key)
    {
        File.WriteAllText(CertificatePath, certificate);
        File.WriteAllText(KeyPath, key);
        SetMode("600");
    }

    private void SetMode(string mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyPath, (UnixFileMode)Convert.ToInt32(mode, 8));
        }
    }
}
