namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Options by which programs such as grep are given their pattern, so that every operand is a file.</summary>
internal static class PatternOption
{
    /// <summary>Letters that may stand in front of <c>e</c> or <c>f</c> in one cluster and take no value.</summary>
    private const string Flags = "abchHiIlLnoqrRsSuUvVwxzZEFGPy";

    /// <summary>True for <c>-e</c>, <c>-nePATTERN</c>, <c>-fFILE</c>, <c>--regexp=PATTERN</c> and their like.</summary>
    public static bool Gives(string program, string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            return word.StartsWith("--regexp", StringComparison.Ordinal) || word.StartsWith("--expression", StringComparison.Ordinal) || word.StartsWith("--file", StringComparison.Ordinal) || word == "--files";
        }

        // For jq -e is a flag; awk puts values behind most letters.
        var flags = program.EndsWith("awk", StringComparison.Ordinal) ? "" : Flags;
        var letters = program is "jq" or "yq" ? "f" : "ef";
        for (var at = 1; at < word.Length && word[0] == '-'; at++)
        {
            if (letters.Contains(word[at], StringComparison.Ordinal))
            {
                return true;
            }

            if (!flags.Contains(word[at], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>True when the pattern is the word behind the option.</summary>
    public static bool IsApart(string word) => word.EndsWith('e') || word is "--regexp" or "--expression";

    /// <summary>Numbers behind <c>-A</c>, <c>-B</c>, <c>-C</c>, <c>-m</c>: operands that stand in front of the pattern.</summary>
    public static int Numbers(List<string> words)
    {
        var count = 0;
        for (var at = 0; at + 1 < words.Count; at++)
        {
            count += words[at] is "-A" or "-B" or "-C" or "-m" && words[at + 1].Length > 0 && words[at + 1].All(char.IsAsciiDigit) ? 1 : 0;
        }

        return count;
    }
}
