using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Transports.Http.Tls;

/// <summary>
/// Certificates for intercepted hosts, minted on first use and kept. A hit is one dictionary look-up and allocates nothing;
/// a host is never minted twice at once. All leaves share one key: the key never leaves this process, and making a key
/// costs more than signing. Safe for concurrent use; does not own the authority.
/// </summary>
public sealed class LeafCertificates : IDisposable
{
    /// <summary>Validity of a leaf when none is configured.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(24);

    /// <summary>Number of hosts kept when none is configured.</summary>
    public const int DefaultCapacity = 10_000;

    // Clients' clocks run behind; an hour is what the reference allows.
    private static readonly TimeSpan s_backDating = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_maxRenewalMargin = TimeSpan.FromHours(1);

    private readonly CertificateAuthority _authority;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _lifetime;
    private readonly TimeSpan _renewalMargin;
    private readonly int _capacity;
    private readonly Lock _minting = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly PublicKey _publicKey;
    private readonly ConcurrentDictionary<string, LeafCertificate> _byHost = new(StringComparer.Ordinal);

    // Soonest to expire first. May hold leaves already renewed; they are recognised by identity and skipped. Guarded by _minting.
    private readonly PriorityQueue<LeafCertificate, DateTimeOffset> _byExpiry = new();

    // Counted here because ConcurrentDictionary.Count takes every lock of the table. Guarded by _minting.
    private int _count;

    /// <summary>Prepares the cache; mints nothing yet.</summary>
    /// <param name="authority">Signs the leaves; must outlive this object.</param>
    /// <param name="clock">Validity and renewal follow it.</param>
    /// <param name="lifetime">Validity of a leaf from now on; more than zero; null means <see cref="DefaultLifetime"/>.</param>
    /// <param name="capacity">Hosts kept at most; at least 1; default <see cref="DefaultCapacity"/>.</param>
    public LeafCertificates(CertificateAuthority authority, TimeProvider clock, TimeSpan? lifetime = null, int capacity = DefaultCapacity)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _lifetime = lifetime ?? DefaultLifetime;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_lifetime, TimeSpan.Zero, nameof(lifetime));
        _authority = authority;
        _clock = clock;
        _capacity = capacity;
        _renewalMargin = _lifetime / 4 < s_maxRenewalMargin ? _lifetime / 4 : s_maxRenewalMargin;
        _publicKey = new PublicKey(_key);
    }

    /// <summary>Hosts now in the cache.</summary>
    internal int Count
    {
        get
        {
            lock (_minting)
            {
                return _count;
            }
        }
    }

    /// <summary>The certificate to show for a host.</summary>
    /// <param name="host">Canonical: lower-case ASCII name without trailing dot, or an IP address without brackets.</param>
    /// <exception cref="ArgumentException">The host is neither.</exception>
    internal SslStreamCertificateContext For(string host)
    {
        var now = _clock.GetUtcNow();
        return _byHost.TryGetValue(host, out var leaf) && now < leaf.RenewAt ? leaf.Context : MintOnce(host, now);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private SslStreamCertificateContext MintOnce(string host, DateTimeOffset now)
    {
        lock (_minting)
        {
            var known = _byHost.TryGetValue(host, out var leaf);
            if (known && now < leaf!.RenewAt)
            {
                return leaf.Context;
            }

            var minted = Mint(host, now);
            if (!known)
            {
                MakeRoom(now);
                _count++;
            }

            _byHost[host] = minted;
            _byExpiry.Enqueue(minted, minted.ExpiresAt);
            return minted.Context;
        }
    }

    // The queue gives both orders at once: whatever has expired stands before whatever expires soonest.
    private void MakeRoom(DateTimeOffset now)
    {
        while (_byExpiry.TryPeek(out var soonest, out var expiry) && (expiry <= now || _count >= _capacity))
        {
            _byExpiry.Dequeue();
            if (_byHost.TryRemove(KeyValuePair.Create(soonest.Host, soonest)))
            {
                _count--;
            }
        }
    }

    private LeafCertificate Mint(string host, DateTimeOffset now)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("Postern");
        var request = new CertificateRequest(name.Build(), _publicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(SubjectName.For(host));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(_publicKey, false));
        // Strict verifiers (Python 3.13, OpenSSL -x509_strict) want the authority's key identifier on a leaf.
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority.Certificate, true, false));

        using var bare = _authority.Sign(request, now - s_backDating, now + _lifetime);
        var complete = bare.CopyWithPrivateKey(_key);
        DateTimeOffset expiresAt = new(complete.NotAfter.ToUniversalTime());
        // Offline: no fetching of anything on behalf of a name that a client chose.
        var context = SslStreamCertificateContext.Create(complete, additionalCertificates: null, offline: true);
        return new LeafCertificate(host, context, expiresAt - _renewalMargin, expiresAt);
    }
}
