using System.Buffers;
using Postern.Engine.Detection.Shapes.Checks;

namespace Postern.Engine.Detection.Shapes;

/// <summary>
/// How many edges a shape can do without. One character glued to a credential must not hide it, so a shape that hardly any
/// other text has by chance is also taken where its neighbours go on. The chance is computed from the shape alone.
/// </summary>
internal static class EdgeSlack
{
    /// <summary>Bits that pay for one missing edge: the other one still ties the shape to one place per run, so it is one run in sixteen million.</summary>
    private const double ForOneEdge = 24;

    /// <summary>Bits that pay for both: one byte of noise in four thousand million.</summary>
    private const double ForBothEdges = 32;

    /// <summary>Three letters end too many words (task-, disk-): they need a body that is rare by itself.</summary>
    private const int MinPrefix = 4;

    private const double ForShortPrefix = 40;

    /// <summary>How much may be glued to a match on either side.</summary>
    private const int MaxGlue = 96;

    private static readonly SearchValues<byte> s_encoded = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-+/="u8);

    /// <summary>
    /// The alphabets that noise in ordinary text is written in, and how rare noise of the kind is, in bits: digests and base64 are
    /// everywhere, lower-case identifiers are short, base32 is hardly ever seen.
    /// </summary>
    private static readonly (string Alphabet, double Rarity)[] s_noise = [("base64", 0), ("base64url", 4), ("hex", 0), ("lower-alnum", 4), ("upper-alnum", 16)];

    /// <summary>0, 1 or 2 edges. A strong check pays for both by itself.</summary>
    public static int Of(Shape shape, CheckKind check)
    {
        if (IsStrong(check))
        {
            return 2;
        }

        if (check != CheckKind.None || shape.AnchorIndex != 0 || shape.Anchor.Kind != ShapeElementKind.Literal)
        {
            return 0;
        }

        var bits = Bits(shape);
        var prefix = shape.Anchor.Literals.Min(l => l.Length);
        return bits < (prefix < MinPrefix ? ForShortPrefix : ForOneEdge) ? 0 : bits < ForBothEdges ? 1 : 2;
    }

    /// <summary>
    /// Whether a match without its edges lies deep inside encoded data: machine code and tables in base64 are no noise, and have
    /// any prefix of capitals sooner or later.
    /// </summary>
    public static bool IsBuried(ReadOnlySpan<byte> text, int start, int end)
    {
        var before = text[Math.Max(0, start - MaxGlue)..start];
        var after = text[end..Math.Min(text.Length, end + MaxGlue)];
        return (before.Length == MaxGlue && !before.ContainsAnyExcept(s_encoded)) || (after.Length == MaxGlue && !after.ContainsAnyExcept(s_encoded));
    }

    /// <summary>Whether the body of a glued match is random text: words, which digits are never part of, are what a loose edge would find by mistake.</summary>
    public static bool LooksRandom(ReadOnlySpan<byte> body) =>
        body.ContainsAnyInRange((byte)'0', (byte)'9') || LetterPairs.Score(body) <= MaxPairScore;

    // Between English (above -4.4) and random letters (below -5).
    private const double MaxPairScore = -4.7;

    private static bool IsStrong(CheckKind check) => check is
        CheckKind.Crc32Base62 or CheckKind.Crc32Base62Token or CheckKind.Crc32Base62Reversed or CheckKind.Crc32Hex
        or CheckKind.Crc32HexLe or CheckKind.Crc32Base64 or CheckKind.Crc32Base36 or CheckKind.ExtendedKey
        or CheckKind.Bech32 or CheckKind.JwtHeader or CheckKind.Base64Json or CheckKind.AzureKey or CheckKind.AzureCask;

    /// <summary>How unlikely the shape is at one place of noise, in the alphabet that suits it best.</summary>
    private static double Bits(Shape shape)
    {
        var least = double.MaxValue;
        foreach (var (name, rarity) in s_noise)
        {
            Alphabet.TryNamed(name, out var noise);
            var bits = rarity;
            foreach (var element in shape.Elements)
            {
                bits += Bits(element, noise);
            }

            least = Math.Min(least, bits);
        }

        return least;
    }

    private static double Bits(ShapeElement element, Alphabet noise)
    {
        switch (element)
        {
            case { Kind: ShapeElementKind.Run, Min: > 0 }:
                var common = noise.CountIn(element.Alphabet);
                return common == 0 ? double.PositiveInfinity : element.Min * Math.Log2((double)noise.Count / common);
            case { Kind: ShapeElementKind.Literal, Optional: false }:
                var chance = 0.0;
                foreach (var literal in element.Literals)
                {
                    chance += Array.TrueForAll(literal, noise.Contains) ? Math.Pow(noise.Count, -literal.Length) : 0;
                }

                return -Math.Log2(chance);
            default:
                return 0;
        }
    }
}
