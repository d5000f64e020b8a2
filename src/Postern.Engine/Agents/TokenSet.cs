using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Configuration;

namespace Postern.Engine.Agents;

/// <summary>Tokens that are accepted. Kept and compared as hashes, every one of them for every question, in constant time.</summary>
public sealed class TokenSet(IReadOnlyList<SecretText> tokens)
{
    private const int MaxTokenChars = 4096;

    private readonly byte[][] _hashes = [.. tokens.Select(static token => SHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal())))];

    /// <summary>True when none is accepted.</summary>
    internal bool IsEmpty => _hashes.Length == 0;

    /// <summary>The place of <paramref name="token"/>, given as Latin-1 text, among those accepted; -1 when it is none.</summary>
    public int IndexOf(ReadOnlySpan<char> token)
    {
        if (token.Length > MaxTokenChars || _hashes.Length == 0)
        {
            return -1;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = new byte[token.Length];
        Encoding.Latin1.GetBytes(token, bytes);
        SHA256.HashData(bytes, hash);
        CryptographicOperations.ZeroMemory(bytes);
        var found = -1;
        for (var i = 0; i < _hashes.Length; i++)
        {
            // No early end: how long this takes does not tell which token was nearly right.
            found = CryptographicOperations.FixedTimeEquals(_hashes[i], hash) ? i : found;
        }

        return found;
    }
}
