using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Postern.Transports.WebSockets.Deflate;

/// <summary>What Sec-WebSocket-Extensions says about permessage-deflate (RFC 7692 §7.1); other extensions are never agreed on.</summary>
internal static class DeflateHandshake
{
    /// <summary>What is offered to an upstream: everything that its answer may then demand can be done.</summary>
    public const string Offer = "permessage-deflate";

    private const string ServerForgets = "server_no_context_takeover";
    private const string ClientForgets = "client_no_context_takeover";
    private const string ServerBits = "server_max_window_bits";
    private const string ClientBits = "client_max_window_bits";

    /// <summary>The terms of the first offer of a client that can be kept; null for none, which leaves its leg uncompressed.</summary>
    public static DeflateTerms? Choose(StringValues offers)
    {
        foreach (var offer in offers.ToString().Split(','))
        {
            if (TryRead(offer, isOffer: true) is { } terms)
            {
                return terms;
            }
        }

        return null;
    }

    /// <summary>The answer to a client with whom <paramref name="terms"/> were chosen.</summary>
    public static string Answer(DeflateTerms terms) => Offer
        + (terms.WeForget ? "; " + ServerForgets : string.Empty)
        + (terms.TheyForget ? "; " + ClientForgets : string.Empty)
        + (terms.WindowBits < DeflateTerms.MaxWindowBits ? string.Create(CultureInfo.InvariantCulture, $"; {ServerBits}={terms.WindowBits}") : string.Empty);

    /// <summary>The terms that an upstream's answer to <see cref="Offer"/> sets; null when it answers something else.</summary>
    public static DeflateTerms? Agree(string answer) => TryRead(answer, isOffer: false);

    private static DeflateTerms? TryRead(string text, bool isOffer)
    {
        var words = text.Split(';', StringSplitOptions.TrimEntries);
        if (!words[0].Equals(Offer, StringComparison.OrdinalIgnoreCase) || words.Length > 5)
        {
            return null;
        }

        DeflateTerms? terms = new();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words.AsSpan(1))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? word : word[..equals]).Trim().ToLowerInvariant();
            terms = seen.Add(name) ? Add(terms, name, equals < 0 ? null : word[(equals + 1)..].Trim(), isOffer) : null;
            if (terms is null)
            {
                return null;
            }
        }

        return terms;
    }

    /// <summary>What one parameter adds; null for one that is unknown, malformed, or not to be said by this side.</summary>
    private static DeflateTerms? Add(DeflateTerms terms, string name, string? value, bool isOffer) => name switch
    {
        ServerForgets when value is null => isOffer ? terms with { WeForget = true } : terms with { TheyForget = true },
        ClientForgets when value is null => isOffer ? terms with { TheyForget = true } : terms with { WeForget = true },

        // Whatever window theirs have, they can be read.
        ServerBits when Bits(value) is { } bits => isOffer ? terms with { WindowBits = bits } : terms,

        // A client says by it that it can be told; it need not be. A server may tell only whom said so, and we do not.
        ClientBits when isOffer && (value is null || Bits(value) is not null) => terms,
        _ => null,
    };

    /// <summary>8 to 15 without leading zeros, quoted or not.</summary>
    private static int? Bits(string? value) => value?.Trim('"') switch
    {
        "8" => 8,
        "9" => 9,
        ['1', >= '0' and <= '5' and var ones] => 10 + ones - '0',
        _ => null,
    };
}
