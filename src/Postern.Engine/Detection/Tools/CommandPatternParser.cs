using System.Buffers;

namespace Postern.Engine.Detection.Tools;

/// <summary>
/// Reads the command notation, written as one would type the command: <c>rm -r,-R,--recursive @system</c>. First the programs, then terms
/// separated by blanks, choices by commas: <c>verb</c> (in order), <c>-x</c> or <c>--long</c>, <c>*glob*</c> any argument, <c>&lt;file</c> read,
/// <c>&gt;file</c> written, <c>NAME=glob</c> set, <c>^glob</c> on standard input, <c>&amp;</c> in the background, <c>!</c> in front of a term for not, <c>!!</c> for an operand that is none of these,
/// <c>@name</c> for a list. <c>a | b</c>: the output of a reaches b; <c>a ; b</c>: b comes later.
/// </summary>
internal static class CommandPatternParser
{
    private static readonly SearchValues<char> s_name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_*0123456789");

    /// <summary>The pattern, or null with the reason in <paramref name="error"/>.</summary>
    public static CommandPattern? Parse(string notation, IReadOnlyDictionary<string, string[]> lists, out string error)
    {
        error = "";
        var stages = new List<CommandStage>();
        var words = notation.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < words.Length;)
        {
            var end = Array.FindIndex(words, at, w => w is "|" or ";");
            end = end < 0 ? words.Length : end;
            if (end == at || end == words.Length - 1)
            {
                error = "a command is missing beside '|' or ';'";
                return null;
            }

            if (Stage(words[at..end], end < words.Length && words[end] == "|", lists, ref error) is not { } stage)
            {
                return null;
            }

            stages.Add(stage);
            at = end + 1;
        }

        error = stages.Count == 0 ? "the command is empty" : "";
        return stages.Count == 0 ? null : new CommandPattern([.. stages]);
    }

    private static CommandStage? Stage(string[] words, bool piped, IReadOnlyDictionary<string, string[]> lists, ref string error)
    {
        var terms = new List<CommandTerm>();
        foreach (var word in words)
        {
            var marks = word.Length > 2 && word.StartsWith("!!", StringComparison.Ordinal) ? 2 : word.Length > 1 && word[0] == '!' ? 1 : 0;
            if (Choices(word[marks..], lists, ref error) is not { } choices)
            {
                return null;
            }

            terms.Add(new CommandTerm(marks > 0, choices) { IsBeside = marks == 2 });
        }

        var programs = Array.ConvertAll(terms[0].Choices, c => c.Text);
        terms.RemoveAt(0);
        return new CommandStage(programs, [.. terms.Where(t => t.IsVerb)], [.. terms.Where(t => !t.IsVerb)], piped);
    }

    private static (CommandTermKind Kind, string Text) Kind(string word) => word.Length == 0 ? (CommandTermKind.Verb, word) : word[0] switch
    {
        '-' or '+' when word.Length > 1 => (CommandTermKind.Option, word),
        '<' => (CommandTermKind.Read, word[1..]),
        '>' => (CommandTermKind.Write, word[1..]),
        '^' => (CommandTermKind.Input, word[1..]),
        '&' when word.Length == 1 => (CommandTermKind.Background, ""),
        _ when IsAssignment(word) => (CommandTermKind.Assignment, word),
        _ when word.AsSpan().IndexOfAny("*?@/~") >= 0 => (CommandTermKind.Argument, word),
        _ => (CommandTermKind.Verb, word),
    };

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !word.AsSpan(0, equals).ContainsAnyExcept(s_name);
    }

    private static CommandChoice[]? Choices(string text, IReadOnlyDictionary<string, string[]> lists, ref string error)
    {
        var choices = new List<CommandChoice>();
        var mark = "";
        foreach (var choice in text.Split(','))
        {
            // A mark holds for the choices behind it, too.
            var marked = choice.Length > 1 && choice[0] is '<' or '>';
            mark = marked ? choice[..1] : mark;
            var name = marked ? choice[1..] : choice;
            if (name.Length < 2 || name[0] != '@')
            {
                choices.Add(Choice(mark + name));
            }
            else if (lists.TryGetValue(name[1..], out var list))
            {
                choices.AddRange(list.Select(item => Choice(mark + item)));
            }
            else
            {
                error = $"there is no list '{name}'";
                return null;
            }
        }

        return [.. choices];
    }

    private static CommandChoice Choice(string text)
    {
        var (kind, rest) = Kind(text);
        return new CommandChoice(kind, rest);
    }
}
