using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Monitoring;

namespace Postern.Transports.Sharing;

/// <summary>
/// Closes states before they leave for the database, which sees neither what agents sent nor can make a state up: AES-256-GCM under a key of its own
/// for each write, bound to the state's name. Layout: salt (16), tag (16), the state without the zeros at its end.
/// </summary>
/// <param name="secret">What all instances share; any length, from 32 random characters on.</param>
internal sealed class StateSeal(ReadOnlyMemory<byte> secret)
{
    private const int KeyBytes = 32;
    private const int SaltBytes = 16;
    private const int TagBytes = 16;

    // Each key is used once, so the nonce may be anything that does not change.
    private static readonly byte[] s_nonce = new byte[12];

    private readonly byte[] _key = Derive(secret.Span, "postern shared state 1: seal"u8);

    /// <summary>Keys the fingerprints in states, alike in all instances.</summary>
    public byte[] FingerprintKey { get; } = Derive(secret.Span, "postern shared state 1: fingerprints"u8);

    /// <summary>Tells whether two instances have the same secret; says nothing else about it.</summary>
    public byte[] Check { get; } = Derive(secret.Span, "postern shared state 1: check"u8);

    /// <summary>The state as the database keeps it.</summary>
    public byte[] Close(in SessionKey key, ReadOnlySpan<byte> state)
    {
        var text = state[..(state.LastIndexOfAnyExcept((byte)0) + 1)];
        var closed = new byte[SaltBytes + TagBytes + text.Length];
        var salt = closed.AsSpan(0, SaltBytes);
        RandomNumberGenerator.Fill(salt);
        using var cipher = CipherOf(salt);
        cipher.Encrypt(s_nonce, text, closed.AsSpan(SaltBytes + TagBytes), closed.AsSpan(SaltBytes, TagBytes), NameOf(key));
        return closed;
    }

    /// <summary>The state again, zeros at its end included.</summary>
    /// <exception cref="StateUnavailableException">It was written with another secret, for another state, or by somebody else.</exception>
    public byte[] Open(in SessionKey key, ReadOnlySpan<byte> closed, int stateBytes)
    {
        var state = new byte[stateBytes];
        if (closed.Length is < SaltBytes + TagBytes || closed.Length > SaltBytes + TagBytes + stateBytes)
        {
            throw new StateUnavailableException("a state in the database has the wrong size");
        }

        try
        {
            using var cipher = CipherOf(closed[..SaltBytes]);
            var text = closed[(SaltBytes + TagBytes)..];
            cipher.Decrypt(s_nonce, text, closed.Slice(SaltBytes, TagBytes), state.AsSpan(0, text.Length), NameOf(key));
            return state;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new StateUnavailableException("a state in the database was not written with the secret of shared_state.key_file", e);
        }
    }

    private AesGcm CipherOf(ReadOnlySpan<byte> salt)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        HMACSHA256.HashData(_key, salt, key);
        return new AesGcm(key, TagBytes);
    }

    private static byte[] NameOf(in SessionKey key)
    {
        var name = new byte[4 + 16 + Encoding.UTF8.GetByteCount(key.Actor)];
        BinaryPrimitives.WriteInt32LittleEndian(name, key.Monitor);
        BinaryPrimitives.WriteUInt128LittleEndian(name.AsSpan(4), key.Subject);
        Encoding.UTF8.GetBytes(key.Actor, name.AsSpan(20));
        return name;
    }

    private static byte[] Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> purpose)
    {
        var key = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], purpose);
        return key;
    }
}
