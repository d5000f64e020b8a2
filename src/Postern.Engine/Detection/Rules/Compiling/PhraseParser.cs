using System.Globalization;
using System.Text;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>
/// Reads the phrase notation: <c>word</c>, <c>word*</c> (words that begin so), <c>=WORD</c> (exact case), <c>(a|b c)</c> one of,
/// <c>[a|b]</c> one of or nothing, <c>{0,3}</c> a gap of so many words. In scripts without spaces everything counts characters.
/// Words are written as people write them and compiled as folded text spells them, for that is what phrases are matched against.
/// </summary>
internal static class PhraseParser
{
    private const int MaxGap = 20;

    /// <summary>The elements, or null with the reason in <paramref name="error"/>.</summary>
    public static PhraseElement[]? Parse(string text, PhraseScript script, out string error)
    {
        var elements = new List<PhraseElement>();
        error = "";
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            var closer = text[at] switch { '(' => ')', '[' => ']', '{' => '}', _ => ' ' };
            var end = text.IndexOf(closer, at);
            if (end < 0 && closer != ' ')
            {
                error = $"a closing '{closer}' is missing";
                return null;
            }

            var inner = closer == ' ' ? text[at..(end < 0 ? text.Length : end)] : text[(at + 1)..end];
            var element = closer == '}' ? ReadGap(inner) : ReadChoice(inner, closer == ']', script);
            if (element is null)
            {
                error = $"'{inner}' cannot be read";
                return null;
            }

            elements.Add(element);
            at = closer == ' ' && end < 0 ? text.Length : end + 1;
        }

        return [.. elements];
    }

    private static PhraseElement? ReadGap(string bounds)
    {
        var parts = bounds.Split(',');
        return parts.Length <= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var min)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var max)
            && min <= max && max is > 0 and <= MaxGap
            ? new PhraseElement([], min, max)
            : null;
    }

    private static PhraseElement? ReadChoice(string inner, bool optional, PhraseScript script)
    {
        var choices = inner.Split('|').SelectMany(Spellings).Select(c => ReadWords(c, script)).ToArray();
        return choices.Length > byte.MaxValue || Array.Exists(choices, c => c.Length == 0) ? null : new PhraseElement(choices, optional ? 0 : 1, 1);
    }

    /// <summary>
    /// The folded spellings of a choice: as it is, with a capital, in capitals. ASCII letters are compared in any case, but folding makes
    /// of a Cyrillic letter and its capital now two ASCII letters, now two others.
    /// </summary>
    private static IEnumerable<string> Spellings(string choice)
    {
        var folded = UnicodeFold.Fold(choice);
        if (choice.Length == 0 || System.Text.Ascii.IsValid(folded) || choice[0] == '=')
        {
            return [folded];
        }

        var capital = UnicodeFold.Fold(char.ToUpperInvariant(choice[0]) + choice[1..]);
        return new[] { folded, capital, UnicodeFold.Fold(choice.ToUpperInvariant()) }.DistinctBy(AsciiLower);
    }

    private static string AsciiLower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));

    private static PhraseWord[] ReadWords(string choice, PhraseScript script)
    {
        if (script == PhraseScript.Characters)
        {
            // Text may or may not have a space where the choice has one; the choice is searched for by what stands before the first.
            var searched = choice.Split(' ')[0].EnumerateRunes().Count();
            var runes = choice.Replace(" ", "", StringComparison.Ordinal).EnumerateRunes();
            return [.. runes.Select((r, i) => new PhraseWord(Encoding.UTF8.GetBytes(r.ToString()), i + 1 == searched, false))];
        }

        // A hyphen stands between two words of text, so it does in a phrase.
        return [.. choice.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).Select(ReadWord)];
    }

    private static PhraseWord ReadWord(string word)
    {
        var exact = word.StartsWith('=');
        var prefix = word.EndsWith('*');
        return new PhraseWord(Encoding.UTF8.GetBytes(word[(exact ? 1 : 0)..^(prefix ? 1 : 0)]), prefix, exact);
    }
}
