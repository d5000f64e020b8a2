using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Postern.Transports.Capturing;

/// <summary>
/// AES-256-GCM over the frames of one file. The key belongs to the file alone, so a counter is a nonce; number, kind and length are
/// authenticated, so that no frame can stand elsewhere than where it was written.
/// </summary>
internal sealed class FrameCipher : IDisposable
{
    /// <summary>Before each frame: the length of what follows, and the kind.</summary>
    public const int HeadBytes = sizeof(int) + 1;

    public const int TagBytes = 16;

    private const int NonceBytes = 12;
    private const int KeyBytes = 32;

    private readonly AesGcm _cipher;
    private long _number;

    private FrameCipher(byte[] secret, ReadOnlySpan<byte> header)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: SHA256.HashData(header), info: "postern capture, version 1"u8);
        _cipher = new AesGcm(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>For whoever writes. The private half of the file's own key is gone when this returns.</summary>
    public static FrameCipher ToSeal(EscrowKey key, Func<ECPoint, SealedHeader> begin, out byte[] header)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        header = begin(ephemeral.ExportParameters(includePrivateParameters: false).Q).Write();
        return new FrameCipher(key.Agree(ephemeral), header);
    }

    /// <summary>For whoever reads.</summary>
    /// <exception cref="CryptographicException">The header holds no point of the curve.</exception>
    public static FrameCipher ToOpen(EscrowKey key, in SealedHeader header) => new(key.Agree(header.Ephemeral), header.Write());

    /// <summary>The next frame.</summary>
    public byte[] Seal(FrameKind kind, ReadOnlySpan<byte> text)
    {
        var frame = new byte[HeadBytes + text.Length + TagBytes];
        BinaryPrimitives.WriteInt32BigEndian(frame, text.Length + TagBytes);
        frame[sizeof(int)] = (byte)kind;
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Span<byte> bound = stackalloc byte[sizeof(long) + HeadBytes];
        Next(frame.AsSpan(0, HeadBytes), nonce, bound);
        _cipher.Encrypt(nonce, text, frame.AsSpan(HeadBytes, text.Length), frame.AsSpan(HeadBytes + text.Length), bound);
        return frame;
    }

    /// <summary>What the next frame holds; null when it is not what was written there.</summary>
    public byte[]? Open(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var text = new byte[body.Length - TagBytes];
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Span<byte> bound = stackalloc byte[sizeof(long) + HeadBytes];
        Next(head, nonce, bound);
        try
        {
            _cipher.Decrypt(nonce, body[..text.Length], body[text.Length..], text, bound);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private void Next(ReadOnlySpan<byte> head, Span<byte> nonce, Span<byte> bound)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bound, _number++);
        bound[..sizeof(long)].CopyTo(nonce[(NonceBytes - sizeof(long))..]);
        head.CopyTo(bound[sizeof(long)..]);
    }
}
