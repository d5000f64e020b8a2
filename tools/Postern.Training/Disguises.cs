using System.Text;

namespace Postern.Training;

/// <summary>Ways to write a sentence so that a person still reads it: letters apart, words run together, figures for letters.</summary>
internal static class Disguises
{
    private const string Plain = "oieastg";
    private const string Figures = "0134579";
    private const int Ways = 5;

    /// <summary>The sentence in one of the ways.</summary>
    public static byte[] Of(ReadOnlySpan<byte> text, int way)
    {
        var plain = Encoding.UTF8.GetString(text);
        return Encoding.UTF8.GetBytes((way % Ways) switch
        {
            0 => string.Join("  ", plain.Split(' ').Select(static word => string.Join(' ', word.ToCharArray()))),
            1 => Together(plain),
            2 => InFigures(plain),
            3 => string.Join('.', Together(plain).ToCharArray()),
            _ => InFigures(Together(plain)),
        });
    }

    private static string Together(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string InFigures(string text) => string.Concat(text.Select(static c => Plain.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal) is >= 0 and var at ? Figures[at] : c));
}
