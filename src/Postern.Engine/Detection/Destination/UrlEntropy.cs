namespace Postern.Engine.Detection.Destination;

/// <summary>Looks for tokens too random to be words: data on its way out in a path, a query or, before any DNS query, a subdomain.</summary>
/// <remarks>
/// What can exceed the default of 4.5 bits: at least 23 bytes with nearly all of them different. Hexadecimal digests and UUIDs
/// cannot (4.0 and 4.09 at most), words and dates do not. What remains and is innocent: opaque base64 of 32 bytes or more (signed
/// links in the path, some paging cursors); the policy's exclusions are for those. Parameters that are random by their protocol are
/// not measured.
/// </remarks>
internal static class UrlEntropy
{
    private const int MinTokenBytes = 20; // the reference system's floor
    private const int MinLabelBytes = 8;

    /// <summary>A 4096-bit RSA signature in base64 has 684 bytes.</summary>
    private const int MaxOpaqueBytes = 700;

    /// <summary>Parameters whose values are random by their protocol: OAuth 2 and PKCE, OpenID Connect, signed URLs, click and search ids.</summary>
    private static readonly HashSet<string> s_opaqueNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "code", "code_challenge", "code_verifier", "state", "nonce", "session_state", "request_id",
        "sig", "signature", "x-amz-signature", "x-goog-signature", "x-oss-signature", "key-pair-id", "policy",
        "gclid", "fbclid", "msclkid", "ei", "ved",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_opaqueLookup = s_opaqueNames.GetAlternateLookup<ReadOnlySpan<char>>();

    public static void Inspect(ReadOnlySpan<byte> url, in HttpUrl parsed, DestinationPolicy policy, HitList hits)
    {
        var isExcluded = policy.EntropyExclusions?.Contains(parsed.Authority.Host) ?? false;
        if (!isExcluded)
        {
            InspectTokens(url, parsed.Path, UrlRules.EntropyPath, policy.EntropyThreshold, hits);
        }

        InspectTokens(url, parsed.Query, UrlRules.EntropyQuery, policy.EntropyThreshold, hits);
        InspectSubdomains(parsed.Authority.Host, parsed.RawHost, policy, hits);
    }

    /// <summary>Measures the labels left of the last two. The hit covers the whole host, whose raw form may differ from the canonical one.</summary>
    public static void InspectSubdomains(in CanonicalHost host, Range place, DestinationPolicy policy, HitList hits)
    {
        if (host.Kind != HostKind.Name || (policy.EntropyExclusions?.Contains(host) ?? false))
        {
            return;
        }

        var name = host.Bytes;
        for (var kept = 0; kept < 2; kept++)
        {
            var dot = name.LastIndexOf((byte)'.');
            if (dot < 0)
            {
                return;
            }

            name = name[..dot];
        }

        while (!name.IsEmpty)
        {
            var dot = name.IndexOf((byte)'.');
            var label = dot < 0 ? name : name[..dot];
            if (label.Length >= MinLabelBytes && Exceeds(label, policy.SubdomainEntropyThreshold))
            {
                hits.Add(UrlRules.EntropySubdomain, place.Start.Value, place.End.Value - place.Start.Value);
                return;
            }

            name = dot < 0 ? [] : name[(dot + 1)..];
        }
    }

    /// <summary>
    /// True when the entropy of the token, percent-encoding undone, is greater than the threshold; equal is not. A threshold of 0
    /// switches the check off.
    /// </summary>
    public static bool Exceeds(ReadOnlySpan<byte> token, double threshold)
    {
        // n bytes carry at most log2 n bits each, so short tokens need no counting.
        if (threshold <= 0 || Math.Log2(token.Length) <= threshold)
        {
            return false;
        }

        Span<int> counts = stackalloc int[Entropy.Values];
        counts.Clear();
        var entropy = new Entropy(counts);
        for (var i = 0; i < token.Length; i++)
        {
            if (PercentText.TryReadByte(token[i..], out var decoded))
            {
                entropy.Add(decoded);
                i += 2;
            }
            else
            {
                entropy.Add(token[i]);
            }
        }

        return entropy.BitsPerByte > threshold + Entropy.Tolerance;
    }

    /// <summary>True when what stands before a value is one of the opaque parameters and its equals sign.</summary>
    private static bool IsOpaqueValue(ReadOnlySpan<byte> before)
    {
        if (before.IsEmpty || before[^1] != (byte)'=')
        {
            return false;
        }

        var name = before[..^1];
        name = name[(name.LastIndexOfAny((byte)'&', (byte)'?') + 1)..];
        Span<char> text = stackalloc char[32];
        return name.Length <= text.Length && s_opaqueLookup.Contains(text[..System.Text.Encoding.Latin1.GetChars(name, text)]);
    }

    private static void InspectTokens(ReadOnlySpan<byte> url, Range part, Rule rule, double threshold, HitList hits)
    {
        var (start, length) = part.GetOffsetAndLength(url.Length);
        if (length < MinTokenBytes)
        {
            return;
        }

        var isPath = ReferenceEquals(rule, UrlRules.EntropyPath);
        var rest = url.Slice(start, length);
        while (!rest.IsEmpty)
        {
            // In a query the first "=" parts key from value; padding of base64 behind a value only makes empty tokens.
            var end = isPath ? rest.IndexOf((byte)'/') : rest.IndexOfAny((byte)'&', (byte)'=');
            var token = end < 0 ? rest : rest[..end];
            if (token.Length >= MinTokenBytes && !(token.Length <= MaxOpaqueBytes && IsOpaqueValue(url[..start])) && Exceeds(token, threshold))
            {
                hits.Add(rule, start, token.Length);
            }

            start += token.Length + 1;
            rest = end < 0 ? [] : rest[(end + 1)..];
        }
    }
}
