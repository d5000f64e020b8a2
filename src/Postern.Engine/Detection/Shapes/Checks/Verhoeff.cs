namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>Verhoeff's decimal check over the dihedral group of ten elements (Aadhaar); separators are skipped.</summary>
internal static class Verhoeff
{
    /// <summary>One step of the permutation; applied once more for every digit, it returns after eight.</summary>
    private static ReadOnlySpan<byte> Permutation => [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

    public static bool Passes(ReadOnlySpan<byte> token)
    {
        var (sum, place) = (0, 0);
        for (var i = token.Length - 1; i >= 0; i--)
        {
            if (char.IsAsciiDigit((char)token[i]))
            {
                sum = Product(sum, Permuted(token[i] - '0', place++ % 8));
            }
        }

        return place > 1 && sum == 0;
    }

    private static int Permuted(int digit, int times)
    {
        for (var i = 0; i < times; i++)
        {
            digit = Permutation[digit];
        }

        return digit;
    }

    /// <summary>Rotations are 0 to 4, reflections 5 to 9.</summary>
    private static int Product(int left, int right)
    {
        var turned = left < 5 ? (left + right) % 5 : (left - right + 5) % 5;
        return (left < 5) == (right < 5) ? turned : turned + 5;
    }
}
