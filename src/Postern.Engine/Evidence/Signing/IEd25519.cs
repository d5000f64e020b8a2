namespace Postern.Engine.Evidence.Signing;

/// <summary>
/// Ed25519 (RFC 8032), pure, without context. Every implementation is strict in the same way: see <see cref="Ed25519Strictness"/>.
/// Implementations hold no state and may be used from several threads.
/// </summary>
public interface IEd25519
{
    /// <summary>Length of a seed (the private key as it is stored), in bytes.</summary>
    const int SeedBytes = 32;

    /// <summary>Length of a public key, in bytes.</summary>
    const int PublicKeyBytes = 32;

    /// <summary>Length of a signature, in bytes.</summary>
    const int SignatureBytes = 64;

    /// <summary>Writes the public key that belongs to <paramref name="seed"/> (32 bytes) to <paramref name="publicKey"/> (32 bytes).</summary>
    void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey);

    /// <summary>
    /// Signs. The public key is derived inside, never taken from the caller: signing under a public key that does not belong to the
    /// seed gives the seed away.
    /// </summary>
    void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message, Span<byte> signature);

    /// <summary>True when the signature is one that the strict rules accept; false for everything else, wrong lengths included.</summary>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
