namespace Postern.Program;

/// <summary>Finds what was probably meant.</summary>
internal static class Spelling
{
    private const int MaxLength = 64;

    /// <summary>The nearest of <paramref name="known"/>; null when none is near: more than a third of the letters differ.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        if (typed.Length is 0 or > MaxLength)
        {
            return null;
        }

        string? best = null;
        var least = Math.Max(1, typed.Length / 3) + 1;
        foreach (var word in known)
        {
            if (word.Length <= MaxLength && Distance(typed, word) is var distance && distance < least)
            {
                (best, least) = (word, distance);
            }
        }

        return best;
    }

    /// <summary>Edits between two words; exchanging two neighbours counts as one.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                rows[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(
                        Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1),
                        rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
