using System.Security.Cryptography;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Crypto;

/// <summary>
/// Finds Ed25519 key pairs written as a JSON array of 64 numbers, as Solana's tools keep them: the second half must be the public key of the first,
/// so no other array is taken for one.
/// </summary>
internal sealed class KeyPairDetector : IDetector
{
    private const int PairBytes = IEd25519.SeedBytes + IEd25519.PublicKeyBytes;

    /// <summary>Blanks and line ends between two numbers.</summary>
    private const int MaxBlanks = 64;

    /// <summary>Public keys calculated for one text; a tenth of a millisecond each.</summary>
    private const int MaxProofs = 32;

    private readonly ManagedEd25519 _curve = new();

    /// <inheritdoc/>
    public void Detect(scoped in View view, HitList hits)
    {
        Span<byte> pair = stackalloc byte[PairBytes];
        var text = view.Bytes;
        var proofs = 0;
        for (var at = 0; text[at..].IndexOf((byte)'[') is >= 0 and var offset;)
        {
            var start = at + offset;
            at = start + 1;
            var end = Read(text, at, pair);
            if (end < 0)
            {
                continue;
            }

            if (++proofs > MaxProofs)
            {
                hits.Add(RuleCatalogue.Flood, 0, text.Length);
                break;
            }

            if (IsPair(pair))
            {
                hits.Add(CryptoRules.SolanaKeyPair, start, end - start);
            }

            at = end;
        }

        CryptographicOperations.ZeroMemory(pair);
    }

    /// <summary>Reads exactly 64 numbers of a byte each; the place after the closing bracket, or -1.</summary>
    private static int Read(ReadOnlySpan<byte> text, int at, Span<byte> pair)
    {
        for (var i = 0; i < pair.Length; i++)
        {
            at = SkipBlanks(text, at);
            var (value, digits) = (0, 0);
            for (; at < text.Length && digits < 3 && Ascii.IsDigit(text[at]); at++, digits++)
            {
                value = (value * 10) + (text[at] - '0');
            }

            if (digits == 0 || value > byte.MaxValue)
            {
                return -1;
            }

            pair[i] = (byte)value;
            at = SkipBlanks(text, at);
            if (at >= text.Length || text[at++] != (i < pair.Length - 1 ? (byte)',' : (byte)']'))
            {
                return -1;
            }
        }

        return at;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        var limit = Math.Min(text.Length, at + MaxBlanks);
        while (at < limit && Ascii.IsSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private bool IsPair(ReadOnlySpan<byte> pair)
    {
        Span<byte> publicKey = stackalloc byte[IEd25519.PublicKeyBytes];
        _curve.DerivePublicKey(pair[..IEd25519.SeedBytes], publicKey);
        return publicKey.SequenceEqual(pair[IEd25519.SeedBytes..]);
    }
}
