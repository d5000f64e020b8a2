using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Configuration;

namespace Postern.Transports.Http;

/// <summary>The tokens that are accepted. Kept and compared as hashes, every one of them for every request, in constant time.</summary>
internal sealed class BearerCallers
{
    private const string Scheme = "Bearer ";
    private const int MaxTokenChars = 4096;
    private readonly byte[][] _hashes;
    private readonly BearerCaller[] _callers;

    /// <summary>Callers that <paramref name="tokens"/> make, each with a rate of its own.</summary>
    /// <param name="name">What evidence calls them, with <c>#1</c> and so on behind.</param>
    /// <param name="tokens">Their tokens.</param>
    /// <param name="rate">Makes a rate.</param>
    public BearerCallers(string name, IReadOnlyList<SecretText> tokens, Func<TokenBucket> rate)
    {
        _hashes = [.. tokens.Select(static token => SHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal())))];
        _callers = [.. tokens.Select((_, i) => new BearerCaller(
            name + "#" + (i + 1).ToString(CultureInfo.InvariantCulture), rate()))];
    }

    /// <summary>Who sent this Authorization header; null for nobody we know.</summary>
    /// <param name="authorization">The header's bytes as Latin-1 text.</param>
    public BearerCaller? Find(string authorization)
    {
        if (authorization.Length > MaxTokenChars || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.Latin1.GetBytes(authorization[Scheme.Length..].Trim(' ')), hash);
        BearerCaller? found = null;
        for (var i = 0; i < _hashes.Length; i++)
        {
            // No early end: how long this takes does not tell which token was nearly right.
            found = CryptographicOperations.FixedTimeEquals(_hashes[i], hash) ? _callers[i] : found;
        }

        return found;
    }
}
