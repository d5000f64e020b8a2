namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>What a Unicode label must satisfy: UTS #46 §4.1, the joiner rules of RFC 5892 A.1-A.2, the bidi rule of RFC 5893 §2.</summary>
internal static class LabelRules
{
    private const uint ZeroWidthNonJoiner = 0x200C;
    private const uint ZeroWidthJoiner = 0x200D;

    public static bool IsValid(ReadOnlySpan<uint> label)
    {
        if (label.IsEmpty)
        {
            return true; // the host reader refuses empty labels, except the one a trailing dot makes
        }

        if (Traits(label[0]).IsMark)
        {
            return false;
        }

        for (var i = 0; i < label.Length; i++)
        {
            if (label[i] == '.' || Traits(label[i]).Status != IdnaStatus.Valid || !IsJoinerInPlace(label, i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when a label makes the whole name one that the bidi rule applies to.</summary>
    public static bool IsRightToLeft(ReadOnlySpan<uint> label)
    {
        foreach (var codePoint in label)
        {
            if (Traits(codePoint).Bidi is BidiClass.Right or BidiClass.ArabicLetter or BidiClass.ArabicNumber)
            {
                return true;
            }
        }

        return false;
    }

    public static bool FollowsBidiRule(ReadOnlySpan<uint> label)
    {
        if (label.IsEmpty)
        {
            return true;
        }

        var first = Traits(label[0]).Bidi;
        var isRightToLeft = first is BidiClass.Right or BidiClass.ArabicLetter;
        if (!isRightToLeft && first != BidiClass.Left)
        {
            return false;
        }

        var (last, hasEuropean, hasArabic) = (first, false, false);
        foreach (var codePoint in label)
        {
            var bidi = Traits(codePoint).Bidi;
            hasEuropean |= bidi == BidiClass.EuropeanNumber;
            hasArabic |= bidi == BidiClass.ArabicNumber;
            if (isRightToLeft ? bidi == BidiClass.Left : bidi is BidiClass.Right or BidiClass.ArabicLetter or BidiClass.ArabicNumber)
            {
                return false;
            }

            last = bidi == BidiClass.NonspacingMark ? last : bidi;
        }

        return isRightToLeft
            ? last is (BidiClass.Right or BidiClass.ArabicLetter or BidiClass.EuropeanNumber or BidiClass.ArabicNumber) && !(hasEuropean && hasArabic)
            : last is BidiClass.Left or BidiClass.EuropeanNumber;
    }

    private static bool IsJoinerInPlace(ReadOnlySpan<uint> label, int at)
    {
        if (label[at] is not (ZeroWidthNonJoiner or ZeroWidthJoiner))
        {
            return true;
        }

        if (at > 0 && Traits(label[at - 1]).CombiningClass == CodePointTraits.Virama)
        {
            return true;
        }

        return label[at] == ZeroWidthNonJoiner
            && Neighbour(label, at, -1) is (JoiningType.Left or JoiningType.Dual)
            && Neighbour(label, at, 1) is (JoiningType.Right or JoiningType.Dual);
    }

    private static JoiningType Neighbour(ReadOnlySpan<uint> label, int at, int step)
    {
        for (at += step; at >= 0 && at < label.Length; at += step)
        {
            var joining = Traits(label[at]).Joining;
            if (joining != JoiningType.Transparent)
            {
                return joining;
            }
        }

        return JoiningType.NonJoining;
    }

    private static CodePointTraits Traits(uint codePoint) => IdnaTable.Shared.Traits(codePoint);
}
