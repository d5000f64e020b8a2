namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Which files a command reads and writes, by what its program is known to do with its words.</summary>
internal static class CommandFiles
{
    /// <summary>Programs that name files without reading what is in them, or print their words.</summary>
    private static readonly HashSet<string> s_onlyNames = new(StringComparer.Ordinal)
    {
        "echo", "printf", "ls", "dir", "cd", "pushd", "popd", "mkdir", "rm", "rmdir", "del", "touch", "chmod", "chown", "chgrp", "test", "[", "[[", "which", "whereis", "type", "command",
        "git", "gh", "glab", "export", "alias", "kill", "sleep", "stat", "find", "fd", "du", "df", "tree", "basename", "dirname", "realpath", "readlink", "man", "help", "file", "exa", "eza",
        "useradd", "usermod", "mount", "umount", "shred", "truncate", "unlink", "mktemp", "lsattr", "getfacl", "setfacl", "chattr", "write-host", "write-output", "get-childitem", "remove-item",
        "new-item", "test-path", "jira", "slack", "claude", "gemini", "codex", "for", "case", "wc", "pip", "pip3", "npm", "apt", "apt-get", "brew", "inotifywait", "fswatch", "agentshield",
    };

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

    /// <summary>Options whose value is written.</summary>
    private static readonly string[] s_outputOptions =
        ["-o", "-O", "--output", "--output-document", "-out", "--out", "-OutFile", "-FilePath", "-Path", "--log-file"];

    public static void Collect(ShellCommand command, string folder)
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
        else if (!s_onlyNames.Contains(program))
        {
            var skip = s_patternFirst.Contains(program) && !words.Exists(w => w is "-e" or "-f" or "--regexp" or "--file") ? 1 : 0;
            command.Reads.AddRange(operands.Skip(skip).Select(Carried).Select(Canonical));
        }

        Options(command, words, Canonical);

        string Canonical(string word) => PathForm.Of(word, folder);

        // Copying into a folder writes a file of the same name there.
        string Target(List<string> all)
        {
            var target = Canonical(all[^1]);
            return target.EndsWith('/') && all.Count > 1 ? target + all[0][(all[0].LastIndexOf('/') + 1)..] : target;
        }
    }

    private static void Options(ShellCommand command, List<string> words, Func<string, string> canonical)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? word[..equals] : word;
            if (Array.IndexOf(s_outputOptions, name) >= 0)
            {
                command.Writes.Add(canonical(equals > 0 ? word[(equals + 1)..] : i + 1 < words.Count ? words[i + 1] : ""));
            }
            else if (name == "of")
            {
                command.Writes.Add(canonical(word[3..]));
            }
            else if (equals > 0 && name is "if" or "--data-binary" or "--data" or "--upload-file" or "--from-file" or "--body-file" or "--env-file" or "--kubeconfig")
            {
                command.Reads.Add(canonical(word[(equals + 1)..].TrimStart('@')));
            }
        }
    }

    /// <summary>The words that are no options, and the values stuck to options by an equals sign left out.</summary>
    private static List<string> Operands(List<string> words) => words.FindAll(w => w.Length > 0 && (w[0] != '-' || w == "-"));

    /// <summary>The file inside <c>@file</c>, <c>name=@file</c>, <c>name=&lt;file</c> and <c>src=file</c>.</summary>
    private static string Carried(string word)
    {
        var at = word.IndexOf('@', StringComparison.Ordinal);
        if (at == 0 || (at > 0 && word[at - 1] == '='))
        {
            return word[(at + 1)..].Split(';', 2)[0];
        }

        var source = word.IndexOf("src=", StringComparison.Ordinal);
        var equals = word.IndexOf("=<", StringComparison.Ordinal);
        return source >= 0 ? word[(source + 4)..].Split(',', 2)[0] : equals > 0 ? word[(equals + 2)..] : word;
    }
}
