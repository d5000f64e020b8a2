using System.Text;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Programs in other languages on a command line: the commands they start, by the strings they hand to the system.</summary>
internal static class InlineCode
{
    private static readonly string[] s_interpreters = ["python", "pypy", "perl", "ruby", "node", "deno", "bun", "php", "lua", "awk", "gawk", "mawk", "nawk", "osascript", "gdb", "lldb", "vim", "emacs", "tclsh", "expect"];

    private static readonly string[] s_codeOptions = ["-c", "-e", "-r", "-E", "-p", "-pe", "-ne", "--eval", "--print", "-ex", "--eval-command", "-o", "eval"];

    /// <summary>Functions whose string argument a system runs.</summary>
    private static readonly string[] s_calls = ["system", "popen", "exec", "execsync", "spawn", "spawnsync", "run", "call", "check_output", "check_call", "shell_exec", "passthru", "shell script", "getoutput", "cmd", "shell", "qx", "!"];

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
    public static IEnumerable<string> Commands(string program, List<string> words)
    {
        var codes = Codes(program, words);
        // In awk any text may be piped to or from a shell.
        return program.EndsWith("awk", StringComparison.Ordinal)
            ? codes.SelectMany(c => Calls(c).Concat(Between(c, '"').Where(t => t.Contains(' ', StringComparison.Ordinal) || InnerTexts.Shells.Contains(t))))
            : codes.SelectMany(Calls);
    }

    private static IEnumerable<string> Calls(string code)
    {
        foreach (var tick in Between(code, '`'))
        {
            yield return tick;
        }

        for (var at = 0; at < code.Length; at++)
        {
            var name = Array.Find(s_calls, c => IsCall(code, at, c));
            if (name is not null && Strings(code, at + name.Length) is { Length: > 0 } command)
            {
                yield return command;
            }
        }
    }

    private static bool IsCall(string code, int at, string name) =>
        string.Compare(code, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
        && at + name.Length < code.Length
        && code[at + name.Length] is '(' or ' ' or '\'' or '"' or '{'
        && (at == 0 || !char.IsAsciiLetterOrDigit(code[at - 1]));

    /// <summary>The strings that follow within one call, joined: one string, or a list of words.</summary>
    private static string Strings(string code, int at)
    {
        const int Reach = 12;
        var result = new StringBuilder();
        for (var gap = 0; at < code.Length && gap <= Reach && code[at] is not ')' and not ';' and not ']'; at++, gap++)
        {
            if (code[at] is not '\'' and not '"')
            {
                continue;
            }

            var end = at + 1;
            while (end < code.Length && code[end] != code[at])
            {
                end += code[end] == '\\' ? 2 : 1;
            }

            end = Math.Min(end, code.Length);
            result.Append(result.Length > 0 ? " " : "").Append(code.AsSpan(at + 1, end - at - 1));
            (at, gap) = (end, 0);
        }

        return result.ToString();
    }

    private static IEnumerable<string> Between(string code, char quote)
    {
        for (var start = code.IndexOf(quote, StringComparison.Ordinal); start >= 0;)
        {
            var end = code.IndexOf(quote, start + 1);
            if (end < 0)
            {
                yield break;
            }

            yield return code[(start + 1)..end];
            start = code.IndexOf(quote, end + 1);
        }
    }
}
