using System.Security.Cryptography;

namespace Postern.Engine.Evidence.Signing;

/// <summary>A seed with the algorithm that signs with it. Owns its copy of the seed and wipes it on dispose.</summary>
public sealed class EvidenceSigner : IDisposable
{
    private readonly IEd25519 _algorithm;
    private readonly byte[] _seed;
    private readonly byte[] _publicKey = new byte[IEd25519.PublicKeyBytes];
    private bool _wiped;

    /// <summary>Copies <paramref name="seed"/> (32 bytes) into pinned memory; the caller wipes its own copy.</summary>
    public EvidenceSigner(IEd25519 algorithm, ReadOnlySpan<byte> seed)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, IEd25519.SeedBytes);
        _algorithm = algorithm;

        // Pinned, so that the collector leaves no second copy behind when it compacts.
        _seed = GC.AllocateUninitializedArray<byte>(seed.Length, pinned: true);
        seed.CopyTo(_seed);
        algorithm.DerivePublicKey(_seed, _publicKey);
    }

    /// <summary>The algorithm, for verifying.</summary>
    public IEd25519 Algorithm => _algorithm;

    /// <summary>The public key, 32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>The short name of <see cref="PublicKey"/>: the first 8 bytes of its SHA-256, lower-case hex.</summary>
    public string KeyId => KeyIdOf(_publicKey);

    /// <summary>The short name of any public key.</summary>
    public static string KeyIdOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));

    /// <summary>Signs <paramref name="message"/> into <paramref name="signature"/> (64 bytes).</summary>
    /// <exception cref="ObjectDisposedException">The seed was wiped.</exception>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        ObjectDisposedException.ThrowIf(_wiped, this);
        _algorithm.Sign(_seed, message, signature);
    }

    /// <summary>Wipes the seed.</summary>
    public void Dispose()
    {
        _wiped = true;
        CryptographicOperations.ZeroMemory(_seed);
    }
}
