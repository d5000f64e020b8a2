using System.Buffers;
using Postern.Engine.Detection;
using Postern.Engine.Views;

namespace Postern.Engine.Editing;

/// <summary>
/// How far a secret reaches beyond what its rule had to see: rules stop where they are sure, and what is left of a key would leave.
/// </summary>
internal static class SecretExtent
{
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
        var more = isLong && !isEncoded ? ToKeyEnd(rest)
            : !isEncoded && !s_token.Contains(bytes[range.End - 1]) ? 0
            : Run(rest, isLong ? s_coded : isEncoded ? s_padding : s_token);
        return new ByteRange(range.Start, range.End + more);
    }

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

    /// <summary>The line that ends an armoured key, its own last hyphen included; all that follows when there is none.</summary>
    private static int ToKeyEnd(ReadOnlySpan<byte> rest)
    {
        var marker = "-----END"u8;
        var at = rest.IndexOf(marker);
        if (at < 0)
        {
            return rest.Length;
        }

        var close = rest[(at + marker.Length)..].IndexOf("-----"u8);
        return close < 0 ? rest.Length : at + marker.Length + close + 5;
    }
}
