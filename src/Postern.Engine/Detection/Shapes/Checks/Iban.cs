namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>International bank account numbers: the country's own length, then ISO 7064 mod 97.</summary>
internal static class Iban
{
    /// <summary>Country and length, from the SWIFT registry.</summary>
    private static ReadOnlySpan<byte> Lengths =>
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"u8;

    public static bool Passes(ReadOnlySpan<byte> token)
    {
        if (token.Length < 15 || !char.IsAsciiDigit((char)token[2]) || !char.IsAsciiDigit((char)token[3]) || token.Length != LengthOf(token[..2]))
        {
            return false;
        }

        var remainder = 0;
        for (var i = 0; i < token.Length; i++)
        {
            var b = token[(i + 4) % token.Length];
            remainder = char.IsAsciiDigit((char)b)
                ? (remainder * 10 + (b - '0')) % 97
                : (remainder * 100 + (b - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }

    private static int LengthOf(ReadOnlySpan<byte> country)
    {
        for (var i = 0; i < Lengths.Length; i += 4)
        {
            if (Lengths.Slice(i, 2).SequenceEqual(country))
            {
                return (Lengths[i + 2] - '0') * 10 + (Lengths[i + 3] - '0');
            }
        }

        return -1;
    }
}
