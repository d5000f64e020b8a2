using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Tests.Http.Tls;

public sealed class LeafCertificatesTests : IDisposable
{
    private readonly ManualClock _clock = new(DateTimeOffset.UtcNow);
    private readonly CertificateAuthority _authority;

    public LeafCertificatesTests() => _authority = CertificateAuthority.Create(_clock);

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("api.example.com", "DNS:api.example.com")]
    [InlineData("xn--bcher-kva.example", "DNS:xn--bcher-kva.example")]
    [InlineData("under_score.example", "DNS:under_score.example")]
    [InlineData("192.0.2.7", "IP Address:192.0.2.7")]
    [InlineData("2001:db8::7", "IP Address:2001:DB8:0:0:0:0:0:7")]
    public void Names_the_host_and_nothing_else(string host, string expected)
    {
        using var leaves = new LeafCertificates(_authority, _clock);
        var leaf = leaves.For(host).TargetCertificate;
        var names = Assert.Single(leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>());
        Assert.Equal(expected, names.Format(false));
        Assert.True(leaf.MatchesHostname(host));
    }

    [Theory]
    [InlineData("")]
    [InlineData("UPPER.example")]
    [InlineData("dot.example.")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("*.example")]
    [InlineData("b\u00fccher.example")]
    public void Mints_nothing_for_a_host_that_is_not_canonical(string host)
    {
        using var leaves = new LeafCertificates(_authority, _clock);
        Assert.Throws<ArgumentException>(() => leaves.For(host));
        Assert.Equal(0, leaves.Count);
    }

    [Fact]
    public void Is_valid_from_an_hour_ago_for_a_day_and_chains_to_the_authority()
    {
        using var leaves = new LeafCertificates(_authority, _clock);
        var leaf = leaves.For("a.example").TargetCertificate;

        Assert.Equal(_clock.GetUtcNow().AddHours(-1), leaf.NotBefore.ToUniversalTime(), TimeSpan.FromSeconds(1));
        Assert.Equal(_clock.GetUtcNow().AddHours(24), leaf.NotAfter.ToUniversalTime(), TimeSpan.FromSeconds(1));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(leaf));
        Assert.Contains(leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>(), usage => usage.EnhancedKeyUsages[0].Value == "1.3.6.1.5.5.7.3.1");
    }

    [Fact]
    public void Never_outlives_the_authority()
    {
        using var leaves = new LeafCertificates(_authority, _clock, TimeSpan.FromDays(20 * 365));
        Assert.Equal(_authority.ExpiresAt, leaves.For("a.example").TargetCertificate.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void Is_minted_once_under_concurrency()
    {
        using var leaves = new LeafCertificates(_authority, _clock);
        var contexts = new SslStreamCertificateContext[64];
        Parallel.For(0, contexts.Length, i => contexts[i] = leaves.For(i % 2 == 0 ? "a.example" : "b.example"));
        Assert.Equal(2, contexts.Distinct().Count());
        Assert.Equal(2, leaves.Count);
    }

    [Fact]
    public void Is_renewed_before_it_expires()
    {
        using var leaves = new LeafCertificates(_authority, _clock);
        var first = leaves.For("a.example");
        _clock.Advance(TimeSpan.FromHours(22.9));
        Assert.Same(first, leaves.For("a.example"));
        _clock.Advance(TimeSpan.FromHours(0.2));
        var second = leaves.For("a.example");
        Assert.NotSame(first, second);
        Assert.True(second.TargetCertificate.NotAfter > first.TargetCertificate.NotAfter);
        Assert.Equal(1, leaves.Count);
    }

    [Fact]
    public void A_full_cache_drops_the_expired_and_then_the_soonest_to_expire()
    {
        using var leaves = new LeafCertificates(_authority, _clock, TimeSpan.FromHours(2), capacity: 3);
        leaves.For("old.example");
        _clock.Advance(TimeSpan.FromHours(1.9));
        var early = leaves.For("early.example");
        _clock.Advance(TimeSpan.FromHours(0.2));
        var late = leaves.For("late.example");
        Assert.Equal(2, leaves.Count);

        var later = leaves.For("later.example");
        leaves.For("latest.example");
        Assert.Equal(3, leaves.Count);
        Assert.Same(late, leaves.For("late.example"));
        Assert.Same(later, leaves.For("later.example"));
        Assert.NotSame(early, leaves.For("early.example"));
    }

    [Fact]
    public void A_renewed_leaf_is_not_dropped_in_the_place_of_its_predecessor()
    {
        using var leaves = new LeafCertificates(_authority, _clock, TimeSpan.FromHours(2), capacity: 2);
        leaves.For("a.example");
        _clock.Advance(TimeSpan.FromHours(1));
        leaves.For("b.example");
        _clock.Advance(TimeSpan.FromHours(0.6));
        var renewed = leaves.For("a.example");
        leaves.For("c.example");
        Assert.Equal(2, leaves.Count);
        Assert.Same(renewed, leaves.For("a.example"));
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        using var leaves = new LeafCertificates(_authority, _clock);
        leaves.For("a.example");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            leaves.For("a.example");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void OpenSsl_accepts_the_chain_under_its_strict_rules()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "needs openssl");
        var directory = Directory.CreateTempSubdirectory("postern-leaf-").FullName;
        try
        {
            using var leaves = new LeafCertificates(_authority, _clock);
            var authority = Path.Combine(directory, "ca.pem");
            var leaf = Path.Combine(directory, "leaf.pem");
            File.WriteAllText(authority, _authority.CertificatePem);
            File.WriteAllText(leaf, leaves.For("a.example").TargetCertificate.ExportCertificatePem());
            using var openssl = Process.Start("/usr/bin/openssl", ["verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", "a.example", "-CAfile", authority, leaf]);
            openssl.WaitForExit();
            Assert.Equal(0, openssl.ExitCode);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
