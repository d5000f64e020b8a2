namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Programs in other languages: where on a command line they stand.</summary>
internal static class InlineCode
{
    private static readonly string[] s_interpreters = ["python", "pypy", "perl", "ruby", "node", "deno", "bun", "php", "lua", "awk", "gawk", "mawk", "nawk", "osascript", "gdb", "lldb", "vim", "emacs", "tclsh", "expect"];

    private static readonly string[] s_codeOptions = ["-c", "-e", "-r", "-E", "-p", "-pe", "-ne", "--eval", "--print", "-ex", "--eval-command", "-o", "eval"];

    /// <summary>True when the program reads a language of its own.</summary>
    public static bool IsInterpreter(string program) => Array.Exists(s_interpreters, i => program.StartsWith(i, StringComparison.Ordinal));

    /// <summary>The code texts among the words.</summary>
    public static IEnumerable<string> Codes(string program, List<string> words)
    {
        if (!IsInterpreter(program))
        {
            yield break;
        }

        for (var i = 0; i < words.Count; i++)
        {
            if (Array.IndexOf(s_codeOptions, words[i]) >= 0 && i + 1 < words.Count)
            {
                yield return words[i + 1];
            }
            else if (program.Contains("awk", StringComparison.Ordinal) && words[i].Contains('{', StringComparison.Ordinal))
            {
                yield return words[i];
            }
        }
    }

    /// <summary>The commands that the code of <paramref name="words"/> would start.</summary>
    public static IEnumerable<string> Commands(string program, List<string> words) => Codes(program, words).SelectMany(code => CommandsOf(program, code));

    /// <summary>The commands that a whole text would start: a script of a shell as it stands, of another language what it hands to the system.</summary>
    public static IEnumerable<string> CommandsOf(string program, string text)
    {
        var isOther = IsInterpreter(program) || (text.StartsWith("#!", StringComparison.Ordinal) && IsInterpreter(text[..EndOfLine(text)].Split('/', ' ')[^1]));
        if (!isOther)
        {
            return [text];
        }

        var calls = CodeCalls.Commands(text);
        // In awk any text may be piped to or from a shell.
        return program.EndsWith("awk", StringComparison.Ordinal)
            ? calls.Concat(CodeCalls.Between(text, '"').Where(t => t.Contains(' ', StringComparison.Ordinal) || InnerTexts.Shells.Contains(t)))
            : calls;
    }

    private static int EndOfLine(string text) => text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length;
}
