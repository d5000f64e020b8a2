namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>Payment card numbers: the issuer owns the leading digits, the length fits, and the Luhn sum is right.</summary>
internal static class PaymentCard
{
    private const int MaxDigits = 19;

    /// <summary>Ranges of the first six digits with the lengths that were issued in them.</summary>
    private static readonly (int From, int To, int MinLength, int MaxLength)[] s_issuers =
    [
        (400000, 499999, 16, 16), (400000, 499999, 19, 19),
        (510000, 559999, 16, 16), (222100, 272099, 16, 16),
        (340000, 349999, 15, 15), (370000, 379999, 15, 15),
        (601100, 601199, 16, 19), (644000, 649999, 16, 19), (650000, 659999, 16, 19),
        (352800, 358999, 16, 19),
        (300000, 305999, 14, 14), (360000, 369999, 14, 14), (380000, 399999, 14, 14),
        (620000, 629999, 16, 19),
    ];

    public static bool Passes(ReadOnlySpan<byte> token)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        var count = 0;
        foreach (var b in token)
        {
            if (!char.IsAsciiDigit((char)b))
            {
                continue;
            }

            if (count == MaxDigits)
            {
                return false;
            }

            digits[count++] = (byte)(b - '0');
        }

        return count >= 14 && HasIssuer(digits[..count]) && LuhnSum(digits[..count]) % 10 == 0;
    }

    private static bool HasIssuer(ReadOnlySpan<byte> digits)
    {
        var lead = 0;
        foreach (var digit in digits[..6])
        {
            lead = lead * 10 + digit;
        }

        foreach (var (from, to, minLength, maxLength) in s_issuers)
        {
            if (lead >= from && lead <= to && digits.Length >= minLength && digits.Length <= maxLength)
            {
                return true;
            }
        }

        return false;
    }

    private static int LuhnSum(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (int)digits[^(i + 1)];
            var doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return sum;
    }
}
