namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Files that options name: apart, behind an equals sign, or stuck to a letter.</summary>
internal static class FileOptions
{
    /// <summary>Options whose value is written.</summary>
    private static readonly string[] s_output = ["-o", "-O", "--output", "--output-document", "-out", "--out", "-OutFile", "-FilePath", "-Path", "--log-file"];

    /// <summary>Options whose value is read, whatever the program does with its other words.</summary>
    private static readonly string[] s_input =
    [
        "if", "--data-binary", "--data", "--data-raw", "--data-urlencode", "--json", "--form", "--upload-file", "--post-file", "--from-file", "--body-file", "--input-file", "--env-file",
        "--kubeconfig", "--files-from", "--files0-from", "--contents", "--input", "--file",
    ];

    /// <summary>Options that leave files out or choose them by a pattern.</summary>
    public static readonly string[] Choosing = ["--exclude", "--include", "--ignore", "--glob", "--filter"];

    public static void Collect(ShellCommand command, List<string> words, Func<string, string> canonical)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? word[..equals] : word;
            if (Array.IndexOf(s_output, name) >= 0)
            {
                command.Writes.Add(canonical(equals > 0 ? word[(equals + 1)..] : i + 1 < words.Count ? words[i + 1] : ""));
            }
            else if (name == "of")
            {
                command.Writes.Add(canonical(word[3..]));
            }
            else if (Value(command.Program, words, i, name, equals) is { Length: > 0 } value)
            {
                command.Reads.Add(canonical(CommandFiles.Carried(value)));
            }
            else if (word is ['-', not '-', _, ..])
            {
                Stuck(command, word, canonical);
            }
        }
    }

    private static string? Value(string program, List<string> words, int at, string name, int equals)
    {
        if ((Array.IndexOf(s_input, name) >= 0 && (equals > 0 || name != "if")) || (name is "-F" or "-f" && program is "git" or "file" or "date"))
        {
            return equals > 0 ? words[at][(equals + 1)..].TrimStart('@') : at + 1 < words.Count ? words[at + 1] : null;
        }

        var isPath = equals > 2 && name.StartsWith("--", StringComparison.Ordinal) && words[at].AsSpan(equals + 1) is ['/' or '~' or '@', ..];
        return isPath && !Array.Exists(Choosing, choosing => name.StartsWith(choosing, StringComparison.Ordinal)) ? words[at][(equals + 1)..] : null;
    }

    /// <summary>
    /// <c>-d@file</c>, <c>-sT.env</c>, <c>-Ff=@file</c>, <c>-o/etc/x</c>: what begins like a path behind one letter or several. Of the
    /// programs that send, also a name without a folder.
    /// </summary>
    private static void Stuck(ShellCommand command, string word, Func<string, string> canonical)
    {
        var end = word.AsSpan(1).IndexOfAnyExceptInRange('A', 'z') + 1;
        if (end > 1 && word[end] is '/' or '~' or '.' or '@' or '=')
        {
            var value = CommandFiles.Carried(word[end] == '=' ? word[(end - 1)..] : word[end..]);
            (word[end - 1] is 'o' or 'O' ? command.Writes : command.Reads).Add(canonical(value));
        }

        if (command.Program == "curl" && word.IndexOf('T', StringComparison.Ordinal) is > 0 and var upload && upload + 1 < word.Length)
        {
            command.Reads.Add(canonical(word[(upload + 1)..]));
        }
    }
}
