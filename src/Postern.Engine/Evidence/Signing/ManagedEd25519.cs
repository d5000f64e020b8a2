using System.Security.Cryptography;

namespace Postern.Engine.Evidence.Signing;

/// <summary>
/// Ed25519 without native code, for machines whose libcrypto is missing or too old. Signing reads no table and takes no branch by
/// secret values; what the JIT makes of it is not proven, hence the system library is preferred where it is present.
/// </summary>
public sealed class ManagedEd25519 : IEd25519
{
    /// <inheritdoc/>
    public void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        Span<byte> expanded = stackalloc byte[64];
        Expand(seed, expanded);
        EdwardsPoint.MultiplyBase(expanded[..32]).Write(publicKey);
        CryptographicOperations.ZeroMemory(expanded);
    }

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> expanded = stackalloc byte[64];
        Span<byte> publicKey = stackalloc byte[32];
        Span<byte> nonce = stackalloc byte[32];
        Span<byte> challenge = stackalloc byte[32];
        Expand(seed, expanded);
        EdwardsPoint.MultiplyBase(expanded[..32]).Write(publicKey);

        HashToScalar(expanded[32..], default, message, nonce);
        EdwardsPoint.MultiplyBase(nonce).Write(signature);
        HashToScalar(signature[..32], publicKey, message, challenge);
        Scalar.MultiplyAdd(challenge, expanded[..32], nonce, signature[32..64]);
        CryptographicOperations.ZeroMemory(expanded);
        CryptographicOperations.ZeroMemory(nonce);
    }

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Ed25519Strictness.AcceptsKey(publicKey)
            || !Ed25519Strictness.AcceptsSignature(signature)
            || !EdwardsPoint.TryRead(publicKey, out var key))
        {
            return false;
        }

        Span<byte> challenge = stackalloc byte[32];
        HashToScalar(signature[..32], publicKey, message, challenge);
        var expected = EdwardsPoint.MultiplyBase(signature[32..]).Plus(new CachedPoint(key.Negated().Multiply(challenge)));
        Span<byte> r = stackalloc byte[32];
        expected.Write(r);
        return r.SequenceEqual(signature[..32]);
    }

    private static void Expand(ReadOnlySpan<byte> seed, Span<byte> expanded)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, IEd25519.SeedBytes);
        SHA512.HashData(seed, expanded);
        expanded[0] &= 0xf8;
        expanded[31] &= 0x7f;
        expanded[31] |= 0x40;
    }

    private static void HashToScalar(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> message, Span<byte> scalar)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.AppendData(message);
        Span<byte> wide = stackalloc byte[64];
        hash.GetHashAndReset(wide);
        Scalar.Reduce(wide, scalar);
        CryptographicOperations.ZeroMemory(wide);
    }
}
