namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>Normalization form C (UAX #15): decompose, order the marks, compose.</summary>
internal static class Composition
{
    // Hangul syllables are computed, Unicode §3.12.
    private const uint SyllableBase = 0xAC00;
    private const uint LeadBase = 0x1100;
    private const uint VowelBase = 0x1161;
    private const uint TrailBase = 0x11A7;
    private const uint LeadCount = 19;
    private const uint VowelCount = 21;
    private const uint TrailCount = 28;

    /// <summary>Writes the composed form of <paramref name="source"/> to <paramref name="target"/>, which is empty.</summary>
    public static void Compose(ReadOnlySpan<uint> source, ref CodePoints target)
    {
        foreach (var codePoint in source)
        {
            Decompose(codePoint, ref target);
        }

        Order(target.Span);
        target.Truncate(Join(target.Span));
    }

    private static void Decompose(uint codePoint, ref CodePoints target)
    {
        if (codePoint - SyllableBase < LeadCount * VowelCount * TrailCount)
        {
            var index = codePoint - SyllableBase;
            target.Add(LeadBase + (index / (VowelCount * TrailCount)));
            target.Add(VowelBase + (index / TrailCount % VowelCount));
            if (index % TrailCount > 0)
            {
                target.Add(TrailBase + (index % TrailCount));
            }
        }
        else if (IdnaTable.Shared.TryDecompose(codePoint, out var first, out var second))
        {
            Decompose(first, ref target);
            if (second != 0)
            {
                Decompose(second, ref target);
            }
        }
        else
        {
            target.Add(codePoint);
        }
    }

    // Insertion sort within each run of marks: stable, and quadratic only in a run that the 1024 code points of a host bound.
    private static void Order(Span<uint> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            var mark = text[i];
            var combining = Combining(mark);
            var at = i;
            while (combining > 0 && at > 0 && Combining(text[at - 1]) > combining)
            {
                text[at] = text[at - 1];
                at--;
            }

            text[at] = mark;
        }
    }

    private static int Join(Span<uint> text)
    {
        var length = 0;
        var starter = -1;
        var lastCombining = 0;
        foreach (var codePoint in text)
        {
            var combining = Combining(codePoint);
            var isBlocked = starter < 0 || (length - starter > 1 && lastCombining >= combining);
            var composite = isBlocked ? 0 : Pair(text[starter], codePoint);
            if (composite != 0)
            {
                text[starter] = composite;
                continue;
            }

            if (combining == 0)
            {
                starter = length;
            }

            lastCombining = combining;
            text[length++] = codePoint;
        }

        return length;
    }

    private static uint Pair(uint first, uint second)
    {
        if (first - LeadBase < LeadCount && second - VowelBase < VowelCount)
        {
            return SyllableBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TrailCount);
        }

        var isOpenSyllable = first - SyllableBase < LeadCount * VowelCount * TrailCount && (first - SyllableBase) % TrailCount == 0;
        return isOpenSyllable && second > TrailBase && second < TrailBase + TrailCount
            ? first + second - TrailBase
            : IdnaTable.Shared.Compose(first, second);
    }

    private static int Combining(uint codePoint) => IdnaTable.Shared.Traits(codePoint).CombiningClass;
}
