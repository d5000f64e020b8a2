using System.Globalization;

namespace Postern.Engine.Evidence;

/// <summary>Numbers as ECMAScript writes them, which RFC 8785 section 3.2.2.3 requires.</summary>
internal static class CanonicalNumber
{
    /// <summary>The longest result: sign, 17 digits, point, five leading zeros or an exponent.</summary>
    public const int MaxBytes = 32;

    // ECMA-262 Number::toString: fixed notation from 1e-6 up to below 1e21.
    private const int SmallestFixedPoint = -6;
    private const int LargestFixedPoint = 21;

    /// <summary>Writes a finite number and returns its length.</summary>
    public static int Write(double value, Span<byte> target)
    {
        if (value == 0)
        {
            target[0] = (byte)'0';
            return 1;
        }

        // "E16" would round; the round-trip format gives the shortest digits, in a shape of .NET's own that is taken apart here.
        Span<byte> shortest = stackalloc byte[MaxBytes];
        _ = Math.Abs(value).TryFormat(shortest, out var written, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[MaxBytes];
        var (count, point) = TakeApart(shortest[..written], digits);

        var at = 0;
        if (value < 0)
        {
            target[at++] = (byte)'-';
        }

        return at + Layout(digits[..count], point, target[at..]);
    }

    // Gives the significant digits, and where the decimal point stands relative to the first of them.
    private static (int Count, int Point) TakeApart(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var exponent = 0;
        var e = text.IndexOf((byte)'E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var dot = text.IndexOf((byte)'.');
        var point = (dot < 0 ? text.Length : dot) + exponent;
        var count = 0;
        foreach (var c in text)
        {
            if (c == '.')
            {
                continue;
            }

            if (c == '0' && count == 0)
            {
                point--;
                continue;
            }

            digits[count++] = c;
        }

        while (digits[count - 1] == '0')
        {
            count--;
        }

        return (count, point);
    }

    private static int Layout(ReadOnlySpan<byte> digits, int point, Span<byte> target)
    {
        if (point > LargestFixedPoint || point <= SmallestFixedPoint)
        {
            return Exponential(digits, point - 1, target);
        }

        if (point <= 0)
        {
            "0."u8.CopyTo(target);
            target.Slice(2, -point).Fill((byte)'0');
            digits.CopyTo(target[(2 - point)..]);
            return 2 - point + digits.Length;
        }

        if (point >= digits.Length)
        {
            digits.CopyTo(target);
            target[digits.Length..point].Fill((byte)'0');
            return point;
        }

        digits[..point].CopyTo(target);
        target[point] = (byte)'.';
        digits[point..].CopyTo(target[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int Exponential(ReadOnlySpan<byte> digits, int exponent, Span<byte> target)
    {
        var at = 0;
        target[at++] = digits[0];
        if (digits.Length > 1)
        {
            target[at++] = (byte)'.';
            digits[1..].CopyTo(target[at..]);
            at += digits.Length - 1;
        }

        target[at++] = (byte)'e';
        target[at++] = (byte)(exponent < 0 ? '-' : '+');
        _ = Math.Abs(exponent).TryFormat(target[at..], out var written, default, CultureInfo.InvariantCulture);
        return at + written;
    }
}
