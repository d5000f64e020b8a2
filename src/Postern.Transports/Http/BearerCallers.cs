using System.Globalization;
using Postern.Engine.Agents;
using Postern.Engine.Configuration;

namespace Postern.Transports.Http;

/// <summary>The tokens that are accepted, and whoever holds them.</summary>
internal sealed class BearerCallers
{
    private const string Scheme = "Bearer ";
    private readonly TokenSet _tokens;
    private readonly BearerCaller[] _callers;

    /// <summary>Callers that <paramref name="tokens"/> make, each with a rate of its own.</summary>
    /// <param name="name">What evidence calls them, with <c>#1</c> and so on behind.</param>
    /// <param name="tokens">Their tokens.</param>
    /// <param name="rate">Makes a rate.</param>
    public BearerCallers(string name, IReadOnlyList<SecretText> tokens, Func<TokenBucket> rate)
    {
        _tokens = new TokenSet(tokens);
        _callers = [.. tokens.Select((_, i) => new BearerCaller(
            name + "#" + (i + 1).ToString(CultureInfo.InvariantCulture), rate()))];
    }

    /// <summary>Who sent this Authorization header; null for nobody we know.</summary>
    /// <param name="authorization">The header's bytes as Latin-1 text.</param>
    public BearerCaller? Find(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && _tokens.IndexOf(authorization.AsSpan(Scheme.Length).Trim(' ')) is >= 0 and var place ? _callers[place] : null;
}
