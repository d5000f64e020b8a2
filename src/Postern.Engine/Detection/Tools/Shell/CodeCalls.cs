using System.Buffers;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Calls in the code of any language, as the commands of a shell that do the same: by the names of functions and the strings they are given.</summary>
internal static class CodeCalls
{
    /// <summary>Characters other than blanks between a name and its string, or between two strings of one call.</summary>
    private const int Reach = 12;

    /// <summary>How often the text may be read, with the strings of calls inside strings of calls.</summary>
    private const int MaxReadings = 4;

    /// <summary>Longer strings are no paths.</summary>
    private const int MaxPath = 256;

    private static readonly SearchValues<char> s_mode = SearchValues.Create("rwaxbt+>");

    /// <summary>Functions by what a shell would write: their string runs, or is a file that is deleted, read or written.</summary>
    private static readonly Dictionary<string, string> s_verbs = Verbs(
        ("", "system popen popen2 popen3 popen4 exec execsync execfile execfilesync execl execle execlp execv execve execvp execvpe spawn spawnsync spawnl spawnlp spawnv spawnvp posix_spawn posix_spawnp run call check_output check_call shell_exec passthru proc_open pcntl_exec shell getoutput getstatusoutput cmd qx capture2 capture2e capture3 create_subprocess_shell create_subprocess_exec command processbuilder"),
        ("rm -rf ", "rmtree rmsync rmdirsync rm_rf rm_r remove_tree remove_dir_all removedirs removesync emptydirsync rimraf"),
        ("rm ", "unlink unlinksync remove"),
        ("cat ", "open fopen readfile readfilesync readtextfile readtextfilesync createreadstream file_get_contents read_text read_bytes read readlines path"),
        ("tee ", "writefile writefilesync appendfile appendfilesync writetextfile writetextfilesync createwritestream file_put_contents write copyfile copyfilesync"));

    /// <summary>What the code would start, delete, read and write.</summary>
    public static IEnumerable<string> Commands(string code)
    {
        foreach (var tick in Between(code, '`'))
        {
            yield return tick;
        }

        foreach (var line in Lines(code))
        {
            yield return line;
        }

        var budget = MaxReadings * code.Length;
        for (var at = 0; at < code.Length; at++)
        {
            var start = at;
            while (at < code.Length && IsLetter(code[at]))
            {
                at++;
            }

            // "!" runs the rest of the line in editors and debuggers.
            var verb = at > start ? Verb(code.AsSpan(start, at - start)) : code[at] == '!' ? "" : null;
            var behind = at > start ? at : at + 1;
            if (verb is null || behind >= code.Length || code[behind] is not '(' and not ' ' and not '\'' and not '"' and not '{')
            {
                continue;
            }

            var end = behind;
            if (Line(code, ref end, verb) is { Length: > 0 } call)
            {
                yield return call;
            }

            // Calls inside the strings of a call are calls, too, but not without end.
            budget -= end - behind;
            at = budget < 0 ? Math.Max(at, end) : at;
        }
    }

    /// <summary>Lines that notebooks hand to a shell: <c>!command</c>, and everything behind <c>%%bash</c>.</summary>
    private static IEnumerable<string> Lines(string code)
    {
        var cell = code.TrimStart();
        if (cell.StartsWith("%%bash", StringComparison.Ordinal) || cell.StartsWith("%%sh", StringComparison.Ordinal))
        {
            return [cell[(cell.IndexOf('\n', StringComparison.Ordinal) + 1)..]];
        }

        return code.Contains('!', StringComparison.Ordinal) ? code.Split('\n').Select(static line => line.TrimStart()).Where(static line => line is ['!', _, ..]).Select(static line => line[1..]) : [];
    }

    /// <summary>The strings that look like paths or addresses.</summary>
    public static IEnumerable<string> Places(string code) => Between(code, '\'').Concat(Between(code, '"'))
        .Where(static text => text.Length is > 1 and <= MaxPath && text.AsSpan().IndexOfAny('/', '.', '~') >= 0 && !text.AsSpan().ContainsAny(" \t\n"));

    /// <summary>What stands between two quotes.</summary>
    public static IEnumerable<string> Between(string code, char quote)
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

    private static bool IsLetter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static string? Verb(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[32];
        return name.Length <= lower.Length && name.ToLowerInvariant(lower) is > 0 and var length
            && s_verbs.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lower[..length], out var verb) ? verb : null;
    }

    private static string Line(string code, ref int at, string verb)
    {
        var strings = Strings(code, ref at);
        if (strings.Count == 0)
        {
            return "";
        }

        var writes = verb == "cat " && (strings.Skip(1).Any(IsWritingMode) || code.AsSpan(Math.Min(at, code.Length)).StartsWith(").write", StringComparison.Ordinal));
        var words = strings.Skip(verb.Length > 0 ? 0 : 1).Select(CommandObject.Quoted);
        return (writes ? "tee " : verb) + string.Join(' ', verb.Length > 0 ? words : words.Prepend(strings[0]));
    }

    private static bool IsWritingMode(string mode) => mode.Length is > 0 and <= 3 && mode.AsSpan().IndexOfAny("wax+>") >= 0 && !mode.AsSpan().ContainsAnyExcept(s_mode);

    /// <summary>The strings that follow within one call: a comma parts words, anything else joins them.</summary>
    private static List<string> Strings(string code, ref int at)
    {
        List<string> words = [];
        var joins = false;
        for (var gap = 0; at < code.Length && gap <= Reach && code[at] is not ')' and not ';' and not ']'; at++)
        {
            gap += code[at] is ' ' or '\n' or '\t' or '\r' ? 0 : 1;
            joins &= code[at] != ',';
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
            var text = AnsiEscapes.Decode(code[(at + 1)..end]);
            if (joins)
            {
                words[^1] += text;
            }
            else
            {
                words.Add(text);
            }

            (at, gap, joins) = (end, 0, true);
        }

        return words;
    }

    private static Dictionary<string, string> Verbs(params (string Verb, string Names)[] rows) =>
        rows.SelectMany(static row => row.Names.Split(' ').Select(name => (name, row.Verb))).ToDictionary(static pair => pair.name, static pair => pair.Verb, StringComparer.Ordinal);
}
