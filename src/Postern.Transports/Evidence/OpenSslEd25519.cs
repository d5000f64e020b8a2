using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Postern.Engine.Evidence.Signing;

namespace Postern.Transports.Evidence;

/// <summary>
/// Ed25519 by the system's libcrypto (OpenSSL 3), with the strict checks of <see cref="Ed25519Strictness"/> in front, so that it takes
/// and refuses exactly what the managed implementation does.
/// </summary>
public sealed class OpenSslEd25519 : IEd25519
{
    private const string Library = "libcrypto.so.3";

    // NID_ED25519 of OpenSSL's obj_mac.h, which EVP_PKEY_ED25519 stands for.
    private const int KeyType = 1087;

    private OpenSslEd25519()
    {
    }

    /// <summary>The system library where it is present, otherwise the managed implementation.</summary>
    public static IEd25519 OrManaged() => TryCreate(out var system) ? system : new ManagedEd25519();

    /// <summary>False where libcrypto.so.3 is missing or lacks what is needed.</summary>
    public static bool TryCreate([NotNullWhen(true)] out OpenSslEd25519? system)
    {
        system = NativeLibrary.TryLoad(Library, out var library) && NativeLibrary.TryGetExport(library, nameof(EVP_PKEY_new_raw_private_key), out _)
            ? new OpenSslEd25519()
            : null;
        return system is not null;
    }

    /// <inheritdoc/>
    public void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        var key = PrivateKey(seed);
        try
        {
            nuint length = IEd25519.PublicKeyBytes;
            Require(EVP_PKEY_get_raw_public_key(key, ref MemoryMarshal.GetReference(publicKey[..IEd25519.PublicKeyBytes]), ref length));
        }
        finally
        {
            EVP_PKEY_free(key);
        }
    }

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        var key = PrivateKey(seed);
        var context = EVP_MD_CTX_new();
        try
        {
            nuint length = IEd25519.SignatureBytes;
            Require(EVP_DigestSignInit(context, 0, 0, 0, key));
            Require(EVP_DigestSign(
                context,
                ref MemoryMarshal.GetReference(signature[..IEd25519.SignatureBytes]),
                ref length,
                in MemoryMarshal.GetReference(message),
                (nuint)message.Length));
        }
        finally
        {
            EVP_MD_CTX_free(context);
            EVP_PKEY_free(key);
        }
    }

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Ed25519Strictness.AcceptsKey(publicKey) || !Ed25519Strictness.AcceptsSignature(signature))
        {
            return false;
        }

        var key = EVP_PKEY_new_raw_public_key(KeyType, 0, in MemoryMarshal.GetReference(publicKey), (nuint)publicKey.Length);
        var context = EVP_MD_CTX_new();
        try
        {
            return key != 0
                && EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
                && EVP_DigestVerify(
                    context,
                    in MemoryMarshal.GetReference(signature),
                    (nuint)signature.Length,
                    in MemoryMarshal.GetReference(message),
                    (nuint)message.Length) == 1;
        }
        finally
        {
            EVP_MD_CTX_free(context);
            EVP_PKEY_free(key);
        }
    }

    private static nint PrivateKey(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, IEd25519.SeedBytes);
        var key = EVP_PKEY_new_raw_private_key(KeyType, 0, in MemoryMarshal.GetReference(seed), (nuint)seed.Length);
        return key != 0 ? key : throw new CryptographicException("libcrypto does not take the key.");
    }

    private static void Require(int result)
    {
        if (result != 1)
        {
            throw new CryptographicException("libcrypto refused an Ed25519 operation.");
        }
    }

    [DllImport(Library)]
    private static extern nint EVP_PKEY_new_raw_private_key(int type, nint engine, in byte key, nuint length);

    [DllImport(Library)]
    private static extern nint EVP_PKEY_new_raw_public_key(int type, nint engine, in byte key, nuint length);

    [DllImport(Library)]
    private static extern int EVP_PKEY_get_raw_public_key(nint key, ref byte publicKey, ref nuint length);

    [DllImport(Library)]
    private static extern void EVP_PKEY_free(nint key);

    [DllImport(Library)]
    private static extern nint EVP_MD_CTX_new();

    [DllImport(Library)]
    private static extern void EVP_MD_CTX_free(nint context);

    [DllImport(Library)]
    private static extern int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport(Library)]
    private static extern int EVP_DigestSign(nint context, ref byte signature, ref nuint signatureLength, in byte message, nuint length);

    [DllImport(Library)]
    private static extern int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport(Library)]
    private static extern int EVP_DigestVerify(nint context, in byte signature, nuint signatureLength, in byte message, nuint length);
}
