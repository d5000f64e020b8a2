using System.Security.Cryptography;

namespace Postern.Transports.Capturing;

/// <summary>The key that captures are sealed to: ECDH on P-256. Who has its private half opens them.</summary>
public sealed class EscrowKey : IDisposable
{
    private const string PublicLabel = "PUBLIC KEY";
    private const string PrivateLabel = "PRIVATE KEY";
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly ECDiffieHellman _key;

    private EscrowKey(ECDiffieHellman key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Id = SHA256.HashData([.. point.X!, .. point.Y!]).AsMemory(0, SealedHeader.KeyIdBytes);
    }

    /// <summary>Tells keys apart; eight bytes.</summary>
    public ReadOnlyMemory<byte> Id { get; }

    /// <summary>The public half as PEM.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>The key as PEM, for whoever made it.</summary>
    public string PrivatePem => _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>A new pair.</summary>
    public static EscrowKey Create() => new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a public key. A private one is refused: who writes captures must not be able to read them.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static EscrowKey ReadPublic(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        return pem.Contains(PrivateLabel, StringComparison.Ordinal)
            ? throw new FormatException("it holds a private key; keep that where captures are read, and name the public key here")
            : Read(pem, PublicLabel);
    }

    /// <summary>Reads a private key.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static EscrowKey ReadPrivate(string pem) => Read(pem, PrivateLabel);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The secret between this key and another one of the curve; the caller clears it.</summary>
    internal byte[] Agree(ECDiffieHellman other) => other.DeriveRawSecretAgreement(_key.PublicKey);

    /// <summary>The same from the other side, with the private half.</summary>
    /// <exception cref="CryptographicException">The point is none of the curve.</exception>
    internal byte[] Agree(ECPoint other)
    {
        using var there = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = other });
        return _key.DeriveRawSecretAgreement(there.PublicKey);
    }

    private static EscrowKey Read(string pem, string label)
    {
        if (!PemEncoding.TryFind(pem, out var found) || !pem[found.Label].Equals(label, StringComparison.Ordinal))
        {
            throw new FormatException($"expected PEM that begins with -----BEGIN {label}-----");
        }

        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256 ? new EscrowKey(key) : throw new FormatException("it is no key of the curve P-256");
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new FormatException("it is no key of the curve P-256", broken);
        }
    }
}
