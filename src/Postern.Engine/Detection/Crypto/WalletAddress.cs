using System.Buffers;
using System.Text;
using Postern.Engine.Detection.Shapes.Checks;
using Ascii = Postern.Engine.Views.Ascii;

namespace Postern.Engine.Detection.Crypto;

/// <summary>An address that money can be sent to.</summary>
/// <param name="Chain">On which chain.</param>
/// <param name="Text">As it is written, in lower case where case means nothing.</param>
/// <param name="BodyStart">Where what is drawn by lot begins: after <c>0x</c>, <c>bc1</c> or <c>bnb1</c>.</param>
internal sealed record WalletAddress(WalletChain Chain, string Text, int BodyStart)
{
    /// <summary>The longest text that may be one, in bytes: a taproot address has 62.</summary>
    public const int MaxBytes = 62;

    /// <summary>The shortest.</summary>
    public const int MinBytes = 26;

    private const int EthereumBytes = 42;

    private static readonly SearchValues<byte> s_hex = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>What of the address is drawn by lot.</summary>
    public ReadOnlySpan<char> Body => Text.AsSpan(BodyStart);

    /// <summary>An address as people write it; null when no chain takes it.</summary>
    public static WalletAddress? TryParse(string text) => Encoding.UTF8.GetByteCount(text) == text.Length ? TryParse(Encoding.ASCII.GetBytes(text)) : null;

    /// <summary>The same from the bytes of a message.</summary>
    public static WalletAddress? TryParse(ReadOnlySpan<byte> text)
    {
        if (text.Length is < MinBytes or > MaxBytes)
        {
            return null;
        }

        if (text[0] == '0')
        {
            return IsEthereum(text) ? new WalletAddress(WalletChain.Ethereum, Lower(text), 2) : null;
        }

        if (HasPrefix(text, "bc1"))
        {
            return Bech32.Passes(text, modified: (text[3] | 0x20) != 'q') ? new WalletAddress(WalletChain.Bitcoin, Lower(text), 3) : null;
        }

        if (HasPrefix(text, "bnb1"))
        {
            return Bech32.Passes(text, modified: false) ? new WalletAddress(WalletChain.Bnb, Lower(text), 4) : null;
        }

        return text[0] is (byte)'1' or (byte)'3' && text.Length <= 35 && Base58Check.IsBitcoinAddress(text)
            ? new WalletAddress(WalletChain.Bitcoin, Encoding.ASCII.GetString(text), 0)
            : text.Length is >= 32 and <= 44 && Base58Check.LengthOf(text) == 32 ? new WalletAddress(WalletChain.Solana, Encoding.ASCII.GetString(text), 0) : null;
    }

    private static bool HasPrefix(ReadOnlySpan<byte> text, string prefix) => Ascii.EqualsIgnoreCase(text[..prefix.Length], Encoding.ASCII.GetBytes(prefix));

    private static string Lower(ReadOnlySpan<byte> text) => Encoding.ASCII.GetString(text).ToLowerInvariant();

    /// <summary>Forty hexadecimal digits; where there are capitals, they are those of EIP-55.</summary>
    private static bool IsEthereum(ReadOnlySpan<byte> text)
    {
        if (text.Length != EthereumBytes || text[1] is not ((byte)'x' or (byte)'X') || text[2..].ContainsAnyExcept(s_hex))
        {
            return false;
        }

        var digits = text[2..];
        var hasCapitals = digits.ContainsAnyInRange((byte)'A', (byte)'F');
        return !hasCapitals || !digits.ContainsAnyInRange((byte)'a', (byte)'f') || HasChecksum(digits);
    }

    /// <summary>A letter is a capital where the digit of the hash of the small ones is 8 or more.</summary>
    private static bool HasChecksum(ReadOnlySpan<byte> digits)
    {
        Span<byte> small = stackalloc byte[EthereumBytes - 2];
        for (var i = 0; i < small.Length; i++)
        {
            small[i] = (byte)(digits[i] | 0x20);
        }

        Span<byte> hash = stackalloc byte[Keccak256.HashBytes];
        Keccak256.Hash(small, hash);
        for (var i = 0; i < digits.Length; i++)
        {
            var isHigh = (i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15) >= 8;
            if (Ascii.IsLetter(digits[i]) && isHigh != char.IsAsciiLetterUpper((char)digits[i]))
            {
                return false;
            }
        }

        return true;
    }
}
