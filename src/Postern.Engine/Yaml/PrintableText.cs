using System.Text;

namespace Postern.Engine.Yaml;

/// <summary>Text from a file, made fit for one line of a message: bounded, and without control characters.</summary>
internal static class PrintableText
{
    private const int MaxCharacters = 48;

    public static string Of(string text)
    {
        var shown = new StringBuilder(Math.Min(text.Length, MaxCharacters) + 1);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaxCharacters)))
        {
            shown.Append(character is >= ' ' and <= '~' ? character : '?');
        }

        return text.Length > MaxCharacters ? shown.Append('…').ToString() : shown.ToString();
    }
}
