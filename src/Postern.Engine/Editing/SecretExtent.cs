using System.Buffers;
using Postern.Engine.Detection;
using Postern.Engine.Views;

namespace Postern.Engine.Editing;

/// <summary>
/// How far a secret reaches beyond what its rule had to see: rules stop where they are sure, and what is left of a key would leave.
/// </summary>
internal static class SecretExtent
{
    private const string BareKey = "secret.pem.bare-private-key";

    private static readonly SearchValues<byte> s_token =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    private static readonly SearchValues<byte> s_coded =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=\r\n\\"u8);

    private static readonly SearchValues<byte> s_padding = SearchValues.Create("="u8);

    /// <summary>The range of a finding up to the end of the value, within the leaf.</summary>
    public static ByteRange Of(ReadOnlySpan<byte> bytes, ByteRange range, Finding finding, ByteRange leaf)
    {
        var rest = bytes[range.End..leaf.End];
        var isEncoded = IsEncoded(finding.Chain);

        // Of a key of many lines a rule sees the first.
        var isLong = finding.Rule.Id.Contains("private-key", StringComparison.Ordinal);
        var more = isLong && !isEncoded ? KeyExtent.Of(rest, isFramed: finding.Rule.Id != BareKey)
            : !isEncoded && !s_token.Contains(bytes[range.End - 1]) ? 0
            : Run(rest, isLong ? s_coded : isEncoded ? s_padding : s_token);
        var extent = range with { End = range.End + more };
        return isLong || isEncoded ? extent : extent with { End = QuotedExtent.EndOf(bytes, extent, leaf.End) };
    }

    /// <summary>True when the rest of the value stands in other leaves than the one the finding is in.</summary>
    public static bool GoesOnElsewhere(ReadOnlySpan<byte> value, Finding finding) =>
        finding.Rule.Id == BareKey && !IsEncoded(finding.Chain) && KeyExtent.IsCutShort(value);

    /// <summary>True when the bytes of the value do not stand one by one in the message.</summary>
    private static bool IsEncoded(ViewChain chain)
    {
        for (var i = 0; i < chain.Depth; i++)
        {
            if (chain[i] is Decoding.Base64 or Decoding.Hex or Decoding.Base32)
            {
                return true;
            }
        }

        return false;
    }

    private static int Run(ReadOnlySpan<byte> rest, SearchValues<byte> members)
    {
        var length = rest.IndexOfAnyExcept(members);
        return length < 0 ? rest.Length : length;
    }
}
