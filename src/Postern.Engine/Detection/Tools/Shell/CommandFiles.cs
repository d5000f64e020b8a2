namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Which files a command reads and writes, by what its program is known to do with its words.</summary>
internal static class CommandFiles
{
    /// <summary>Programs that name files without reading what is in them, or print their words. Only where no folder says that it is another program of that name.</summary>
    private static readonly HashSet<string> s_onlyNames = new(StringComparer.Ordinal)
    {
        "echo", "printf", "ls", "dir", "cd", "pushd", "popd", "mkdir", "rm", "rmdir", "del", "touch", "chmod", "chown", "chgrp", "test", "[", "[[", "which", "whereis", "type", "command",
        "git", "export", "alias", "kill", "sleep", "stat", "find", "fd", "du", "df", "tree", "basename", "dirname", "realpath", "readlink", "file", "exa", "eza",
        "useradd", "usermod", "mount", "umount", "shred", "truncate", "unlink", "mktemp", "lsattr", "getfacl", "setfacl", "chattr", "write-host", "write-output", "get-childitem", "remove-item",
        "new-item", "test-path", "for", "case", "wc", "inotifywait", "fswatch",
    };

    private static readonly string[] s_systemFolders = ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/", "/opt/homebrew/bin/"];

    /// <summary>Programs whose first word is a pattern or a program of their own.</summary>
    private static readonly HashSet<string> s_patternFirst = new(StringComparer.Ordinal)
    {
        "grep", "egrep", "fgrep", "rg", "ag", "ack", "sed", "awk", "gawk", "mawk", "jq", "yq", "zgrep", "findstr", "select-string", "git-grep",
    };

    /// <summary>Programs whose last word is where the others go.</summary>
    private static readonly HashSet<string> s_lastWritten = new(StringComparer.Ordinal)
    {
        "cp", "mv", "ln", "install", "rsync", "scp", "copy", "move", "xcopy", "robocopy", "copy-item", "move-item", "link", "ditto",
    };

    /// <summary>Programs that write every file they name.</summary>
    private static readonly HashSet<string> s_allWritten = new(StringComparer.Ordinal)
    {
        "tee", "truncate", "shred", "touch", "nano", "vi", "vim", "ed", "set-content", "add-content", "out-file", "new-item", "tee-object", "sponge", "ex",
    };

    public static void Collect(ShellCommand command, ShellScript script)
    {
        var words = command.Arguments.ConvertAll(a => a.Text);
        var operands = Operands(words);
        var program = command.Program;
        if (s_allWritten.Contains(program) || (program is "sed" or "perl" && words.Exists(w => w.StartsWith("-i", StringComparison.Ordinal) || w.StartsWith("--in-place", StringComparison.Ordinal))))
        {
            command.Writes.AddRange(operands.Skip(program == "sed" && operands.Count > 1 ? 1 : 0).Select(Canonical));
        }
        else if (s_lastWritten.Contains(program) && operands.Count > 0)
        {
            command.Writes.Add(Target(operands));
            command.Reads.AddRange(operands.Take(operands.Count - 1).Select(Canonical));
        }
        else if (program == "git")
        {
            command.Reads.AddRange(operands.Where(Outside(words)).Select(Canonical));
        }
        else if (!OnlyNames(command, script))
        {
            command.Reads.AddRange(FilesOf(program, words, operands).Where(IsNoProse).Select(Carried).Select(Canonical));
        }

        foreach (var code in InlineCode.Codes(program, words))
        {
            command.Reads.AddRange(CodeCalls.Places(code).Select(Canonical));
        }

        FileOptions.Collect(command, words, Canonical);
        command.Reads.RemoveAll(static path => path.Length == 0);

        string Canonical(string word) => PathForm.Of(word, script.Folder);

        // Copying into a folder writes a file of the same name there.
        string Target(List<string> all)
        {
            var target = Canonical(all[^1]);
            return target.EndsWith('/') && all.Count > 1 ? target + all[0][(all[0].LastIndexOf('/') + 1)..] : target;
        }
    }

    private static bool OnlyNames(ShellCommand command, ShellScript script) =>
        s_onlyNames.Contains(command.Program)
        && !script.Written.IsFunction(command.Path)
        && (command.Path.AsSpan().IndexOfAny('/', '\\') is var slash && (slash < 0 || Array.Exists(s_systemFolders, folder => command.Path.Length == folder.Length + command.Program.Length && command.Path.StartsWith(folder, StringComparison.Ordinal))));

    /// <summary>What git reads without its repository.</summary>
    private static Func<string, bool> Outside(List<string> words) =>
        words.Contains("--no-index") ? static _ => true : words is ["diff" or "grep" or "hash-object", ..] ? static word => word is ['/' or '~', ..] or ['.', '.', '/', ..] : static _ => false;

    /// <summary>The files among the operands; the first may be a pattern.</summary>
    private static IEnumerable<string> FilesOf(string program, List<string> words, List<string> operands)
    {
        if (!s_patternFirst.Contains(program))
        {
            return operands;
        }

        var given = words.FindIndex(word => PatternOption.Gives(program, word));
        if (given < 0)
        {
            return operands.Skip(PatternOption.Numbers(words) + 1);
        }

        // "-e PATTERN": the word behind it is the pattern.
        return PatternOption.IsApart(words[given]) && given + 1 < words.Count ? operands.Where(word => !ReferenceEquals(word, words[given + 1])) : operands;
    }

    /// <summary>The words that are no options, empty ones included: an empty pattern fits every line.</summary>
    private static List<string> Operands(List<string> words) =>
        [.. words.Where((word, at) => (word.Length == 0 || word[0] != '-' || word == "-") && !(at > 0 && Array.IndexOf(FileOptions.Choosing, words[at - 1]) >= 0))];

    /// <summary>A sentence, as messages and prompts are, is no file unless it begins like a path.</summary>
    private static bool IsNoProse(string word) => word.Length == 0 || word[0] is '/' or '~' or '.' || word.AsSpan().Count(' ') < 2 || word.Contains(":/", StringComparison.Ordinal);

    /// <summary>
    /// The file inside <c>@file</c>, <c>name=@file</c>, <c>name=&lt;file</c> and <c>src=file</c>; not of a build secret, <c>id=…,src=file</c>,
    /// which reaches one step of the build and no layer.
    /// </summary>
    public static string Carried(string word)
    {
        var at = word.IndexOf('@', StringComparison.Ordinal);
        if (at == 0 || (at > 0 && word[at - 1] == '='))
        {
            return word[(at + 1)..].Split(';', 2)[0];
        }

        var source = word.StartsWith("id=", StringComparison.Ordinal) ? -1 : word.IndexOf("src=", StringComparison.Ordinal);
        var equals = word.IndexOf("=<", StringComparison.Ordinal);
        return source >= 0 ? word[(source + 4)..].Split(',', 2)[0] : equals > 0 ? word[(equals + 2)..] : word;
    }
}
