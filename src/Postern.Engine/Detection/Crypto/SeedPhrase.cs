using System.Security.Cryptography;

namespace Postern.Engine.Detection.Crypto;

/// <summary>The arithmetic of BIP-39: eleven bits a word, of every 33 bits the last is checksum.</summary>
internal static class SeedPhrase
{
    /// <summary>Words of the longest phrase.</summary>
    public const int MaxWords = 24;

    /// <summary>Words of the shortest phrase.</summary>
    public const int MinWords = 12;

    /// <summary>Phrases have a multiple of so many words.</summary>
    public const int Step = 3;

    /// <summary>Twelve words drawn from 2,048 have fewer different ones about once in a hundred million; statements of code (<c>this.minor &lt; other.minor</c>) nearly always.</summary>
    private const int MinDistinct = 9;

    private const int BitsPerWord = 11;

    /// <summary>True when the checksum of the words is right.</summary>
    /// <param name="indices">The numbers of 12, 15, 18, 21 or 24 words in their list.</param>
    public static bool HasChecksum(ReadOnlySpan<int> indices)
    {
        Span<byte> bits = stackalloc byte[(MaxWords * BitsPerWord) / 8];
        bits.Clear();
        for (var i = 0; i < indices.Length * BitsPerWord; i++)
        {
            var bit = indices[i / BitsPerWord] >> (BitsPerWord - 1 - (i % BitsPerWord)) & 1;
            bits[i / 8] |= (byte)(bit << (7 - (i % 8)));
        }

        var checksumBits = indices.Length / Step;
        var entropy = bits[..((indices.Length * BitsPerWord - checksumBits) / 8)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(entropy, hash);
        var shift = 8 - checksumBits;
        return hash[0] >> shift == bits[entropy.Length] >> shift;
    }

    /// <summary>False for what is a list of words and no phrase: words in alphabetical order, or the same few again and again, as in every tutorial.</summary>
    public static bool IsDrawn(ReadOnlySpan<int> indices)
    {
        var (ascending, distinct) = (1, 1);
        for (var i = 1; i < indices.Length; i++)
        {
            ascending += indices[i] > indices[i - 1] ? 1 : 0;
            distinct += indices[..i].Contains(indices[i]) ? 0 : 1;
        }

        return ascending < indices.Length && distinct >= MinDistinct;
    }
}
