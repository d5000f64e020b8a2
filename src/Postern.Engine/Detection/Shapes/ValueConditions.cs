using Postern.Engine.Views;

namespace Postern.Engine.Detection.Shapes;

/// <summary>How mixed a value must be to count as a credential. Zero switches a condition off.</summary>
internal sealed record ValueConditions
{
    /// <summary>What testing a value counts for, per byte.</summary>
    public const int CostPerByte = 48;

    /// <summary>Shannon entropy in bits per byte, at least.</summary>
    public double MinEntropy { get; init; }

    /// <summary>Letter-pair score, at most (negative); -5 tells base36 and wider text from words.</summary>
    public double MaxPairScore { get; init; }

    /// <summary>Digits, at least.</summary>
    public int MinDigits { get; init; }

    /// <summary>Kinds of characters (lower, upper, digit, other), at least.</summary>
    public int MinClasses { get; init; }

    /// <summary>Letters of both cases are needed.</summary>
    public bool MixedCase { get; init; }

    /// <summary>A value that spells "secret" or "password", figures read as letters, is one that documentation made up.</summary>
    public bool Unspelled { get; init; }

    /// <summary>As improbable as random text, by <see cref="ValueRarity"/>.</summary>
    public bool Rare { get; init; }

    /// <summary>Placeholders and repeated text count as well.</summary>
    public bool AllowPlaceholders { get; init; }

    /// <summary>True when <paramref name="value"/> meets all conditions.</summary>
    public bool Accept(ReadOnlySpan<byte> value)
    {
        // The cheap conditions first; they turn most values away.
        return (MinDigits == 0 || Ascii.CountDigits(value) >= MinDigits)
            && (!MixedCase || (HasLower(value) && HasUpper(value)))
            && (MinClasses == 0 || CountClasses(value) >= MinClasses)
            && (MinEntropy == 0 || Entropy.Of(value) >= MinEntropy - Entropy.Tolerance)
            && (MaxPairScore == 0 || LetterPairs.Score(value) <= MaxPairScore)
            && (!Rare || ValueRarity.IsRare(value))
            && (!Unspelled || !Placeholder.Spells(value))
            && (AllowPlaceholders || !Placeholder.Stands(value));
    }

    private static int CountClasses(ReadOnlySpan<byte> value)
    {
        var others = false;
        foreach (var b in value)
        {
            others |= !char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'_' or (byte)'-' or (byte)'.' or (byte)'/' or (byte)':');
        }

        return (HasLower(value) ? 1 : 0) + (HasUpper(value) ? 1 : 0) + (Ascii.CountDigits(value) > 0 ? 1 : 0) + (others ? 1 : 0);
    }

    private static bool HasLower(ReadOnlySpan<byte> value) => value.ContainsAnyInRange((byte)'a', (byte)'z');

    private static bool HasUpper(ReadOnlySpan<byte> value) => value.ContainsAnyInRange((byte)'A', (byte)'Z');

    public void Write(BinaryWriter writer)
    {
        writer.Write((float)MinEntropy);
        writer.Write((float)MaxPairScore);
        writer.Write((byte)MinDigits);
        writer.Write((byte)MinClasses);
        writer.Write((byte)((MixedCase ? 1 : 0) | (AllowPlaceholders ? 2 : 0) | (Rare ? 4 : 0) | (Unspelled ? 8 : 0)));
    }

    public static ValueConditions Read(BinaryReader reader)
    {
        var (entropy, pairs, digits, classes, flags) =
            (reader.ReadSingle(), reader.ReadSingle(), reader.ReadByte(), reader.ReadByte(), reader.ReadByte());
        return new ValueConditions
        {
            MinEntropy = entropy,
            MaxPairScore = pairs,
            MinDigits = digits,
            MinClasses = classes,
            MixedCase = (flags & 1) != 0,
            Rare = (flags & 4) != 0,
            Unspelled = (flags & 8) != 0,
            AllowPlaceholders = (flags & 2) != 0,
        };
    }
}
