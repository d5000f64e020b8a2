using System.Text;

namespace Postern.Engine;

/// <summary>
/// The members of a choice as commands, configuration and evidence spell them: lower case, a hyphen before each further word
/// (<c>QuotedPrintable</c> is <c>quoted-printable</c>). Records and scripts hold these words: a member that has one keeps its name,
/// which <c>EnumWordsTests</c> pins.
/// </summary>
/// <typeparam name="T">Any enum; a value that is no member has no word and throws.</typeparam>
internal static class EnumWords<T>
    where T : struct, Enum
{
    private static readonly T[] s_values = Enum.GetValues<T>();
    private static readonly string[] s_words = [.. s_values.Select(static value => Spell(value.ToString()))];
    private static readonly byte[][] s_bytes = [.. s_words.Select(Encoding.ASCII.GetBytes)];

    public static string Of(T value) => s_words[Index(value)];

    public static ReadOnlySpan<byte> Utf8(T value) => s_bytes[Index(value)];

    /// <summary>The member of that word, spelled exactly so.</summary>
    public static bool TryRead(ReadOnlySpan<byte> word, out T value)
    {
        for (var i = 0; i < s_bytes.Length; i++)
        {
            if (word.SequenceEqual(s_bytes[i]))
            {
                value = s_values[i];
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The member of that word; the first one for a word of none.</summary>
    public static T Read(string word) => s_values[Math.Max(0, Array.IndexOf(s_words, word))];

    private static int Index(T value) => Array.IndexOf(s_values, value);

    private static string Spell(string name) =>
        string.Concat(name.Select(static (letter, at) => at > 0 && char.IsAsciiLetterUpper(letter) ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
