using Postern.Engine.Configuration.Sections;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Crypto;

/// <summary>Compares the addresses in what agents send with those that are allowed. Chains of which none is allowed are left alone.</summary>
internal sealed class AddressDetector(WalletAddress[] allowed, AddressProtectionSection section) : IDetector
{
    /// <summary>Characters of an address that an explanation shows of either end.</summary>
    private const int Shown = 6;

    private readonly WalletAddress[] _allowed = [.. allowed.Where(address => IsOn(address.Chain, section.Chains))];

    /// <inheritdoc/>
    public void Detect(scoped in View view, HitList hits)
    {
        if (view.Direction != Direction.Outbound || _allowed.Length == 0)
        {
            return;
        }

        var text = view.Bytes;
        for (var at = 0; at < text.Length;)
        {
            if (!Ascii.IsAlphanumeric(text[at]))
            {
                at++;
                continue;
            }

            var end = at + 1;
            while (end < text.Length && Ascii.IsAlphanumeric(text[end]))
            {
                end++;
            }

            if (end - at is >= WalletAddress.MinBytes and <= WalletAddress.MaxBytes && WalletAddress.TryParse(text[at..end]) is { } address)
            {
                Judge(address, new ByteRange(at, end), hits);
            }

            at = end;
        }
    }

    private static bool IsOn(WalletChain chain, AddressChainsSection chains) => chain switch
    {
        WalletChain.Ethereum => chains.Eth,
        WalletChain.Bitcoin => chains.Btc,
        WalletChain.Solana => chains.Sol,
        _ => chains.Bnb,
    };

    private void Judge(WalletAddress address, ByteRange place, HitList hits)
    {
        WalletAddress? nearest = null;
        var (head, tail, isProtected) = (0, 0, false);
        foreach (var own in _allowed)
        {
            if (own == address)
            {
                return;
            }

            isProtected |= own.Chain == address.Chain;
            var (first, last) = (own.Body.CommonPrefixLength(address.Body), CommonSuffix(own.Body, address.Body));
            if (own.Chain == address.Chain && first >= section.Similarity.PrefixLength && last >= section.Similarity.SuffixLength && first + last > head + tail)
            {
                (nearest, head, tail) = (own, first, last);
            }
        }

        if (nearest is not null)
        {
            Add(Explain(nearest, head, tail), section.Action, place, hits);
        }
        else if (isProtected)
        {
            Add(CryptoRules.UnknownAddress, section.UnknownAction, place, hits);
        }
    }

    /// <summary>A hint is recorded and never refuses.</summary>
    private static void Add(Rule rule, AddressAction action, ByteRange place, HitList hits)
    {
        if (action != AddressAction.Allow)
        {
            hits.Add(rule, place.Start, place.Length, action == AddressAction.Warn ? Confidence.Low : rule.Confidence);
        }
    }

    private static Rule Explain(WalletAddress own, int head, int tail)
    {
        var text = own.Text;
        return CryptoRules.LookAlike with
        {
            Title = $"Address that shares its first {head} and last {tail} characters with the allowed {text[..(own.BodyStart + Shown)]}…{text[^Shown..]}, and is another",
        };
    }

    private static int CommonSuffix(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && left[^(length + 1)] == right[^(length + 1)])
        {
            length++;
        }

        return length;
    }
}
