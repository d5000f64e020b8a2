using System.Globalization;
using System.Numerics;

namespace Postern.Engine.Detection.Tools.Own;

/// <summary>One spelling for one number: <c>1e6</c>, <c>1000000.0</c> and <c>1,000,000</c> are the same to the server that takes them.</summary>
internal static class NumberText
{
    /// <summary>Longer texts are no numbers.</summary>
    private const int MaxLength = 64;

    /// <summary>The number in plain digits; null for a text that is none, and for one that is written so already.</summary>
    public static string? Of(string text)
    {
        if (text.Length is 0 or > MaxLength || !text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return null;
        }

        var digits = string.Concat(text.Where(static c => c is not ',' and not '_' and not '\'' and not ' '));
        var plain = Hex(digits) ?? Decimal(digits);
        return plain == text ? null : plain;
    }

    private static string? Hex(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? Decimal(string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
        {
            return exact.ToString("0.############################", CultureInfo.InvariantCulture);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wide) && double.IsFinite(wide)
            ? new BigInteger(wide).ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
