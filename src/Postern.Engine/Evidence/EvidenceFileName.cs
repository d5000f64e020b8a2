using System.Globalization;

namespace Postern.Engine.Evidence;

/// <summary>The name of one evidence file: which chain it holds, and from which record on.</summary>
/// <param name="Chain">The first 32 bits of the chain's id.</param>
/// <param name="FirstSequence">The sequence number of its first record.</param>
public readonly record struct EvidenceFileName(uint Chain, long FirstSequence)
{
    private const string Prefix = "evidence-";
    private const string Suffix = ".jsonl";

    /// <summary>Reads a bare file name, for example <c>evidence-1a2b3c4d-17.jsonl</c>; false for every other spelling.</summary>
    public static bool TryParse(string? name, out EvidenceFileName parsed)
    {
        parsed = default;
        if (name is null || name.Length <= Prefix.Length + Suffix.Length + 9
            || !name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return false;
        }

        var middle = name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length);
        return uint.TryParse(middle[..8], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var chain)
            && long.TryParse(middle[9..], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && (parsed = new EvidenceFileName(chain, first)).ToString() == name;
    }

    /// <summary>The bare file name.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Chain:x8}-{FirstSequence}{Suffix}");
}
