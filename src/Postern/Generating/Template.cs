using System.Text;
using System.Text.RegularExpressions;

namespace Postern.Program.Generating;

/// <summary>Texts that come with the program, with words between '@' in the places of values. Nothing but substitution.</summary>
internal static partial class Template
{
    /// <summary>The template with the values put in. A word alone on its line stands for lines, and each is indented like it.</summary>
    public static string Render(string name, IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        foreach (var line in Read(name).TrimEnd('\n').Split('\n'))
        {
            var indent = line[..^line.TrimStart().Length];
            if (Word().Match(line) is { Success: true } word && word.Value == line.Trim())
            {
                foreach (var inner in values[word.Groups[1].Value].TrimEnd('\n').Split('\n'))
                {
                    text.Append(inner.Length == 0 ? "" : indent).Append(inner).Append('\n');
                }
            }
            else
            {
                text.Append(Word().Replace(line, match => values[match.Groups[1].Value])).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Read(string name)
    {
        using var stream = typeof(Template).Assembly.GetManifestResourceStream("template." + name)
            ?? throw new InvalidOperationException($"The template {name} was not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("@([a-z-]+)@", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
