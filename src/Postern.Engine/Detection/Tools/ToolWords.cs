namespace Postern.Engine.Detection.Tools;

/// <summary>What the names of tools and of their arguments tell: many servers, few words.</summary>
internal static class ToolWords
{
    private static readonly HashSet<string> s_shells = new(StringComparer.Ordinal)
    {
        "bash", "sh", "shell", "zsh", "exec", "execute", "terminal", "command", "cmd", "powershell", "pwsh", "console", "subprocess", "process", "spawn", "ssh", "run", "system", "script",
    };

    private static readonly HashSet<string> s_writing = new(StringComparer.Ordinal)
    {
        "write", "edit", "create", "append", "save", "modify", "update", "delete", "remove", "move", "rename", "put", "patch", "replace", "insert", "unlink", "mkdir", "touch", "set", "store", "upload", "apply",
    };

    private static readonly HashSet<string> s_commands = new(StringComparer.OrdinalIgnoreCase)
    {
        "command", "cmd", "commands", "command_line", "commandline", "shell_command", "shellcommand", "shell", "bash", "script", "bash_command", "exec", "run", "program", "executable", "argv",
    };

    private static readonly HashSet<string> s_programs = new(StringComparer.OrdinalIgnoreCase) { "binary", "bin", "exe", "prog" };

    private static readonly HashSet<string> s_arguments = new(StringComparer.OrdinalIgnoreCase) { "args", "arg", "argv", "arguments", "params", "parameters", "options", "flags" };

    private static readonly HashSet<string> s_environments = new(StringComparer.OrdinalIgnoreCase) { "env", "envs", "environment", "env_vars", "envvars", "environment_variables", "environmentvariables" };

    /// <summary>Words of names of tools that read a language, and the program that would read it on a command line.</summary>
    private static readonly Dictionary<string, string> s_languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["python"] = "python", ["py"] = "python", ["ipython"] = "python", ["jupyter"] = "python", ["notebook"] = "python", ["pandas"] = "python",
        ["javascript"] = "node", ["js"] = "node", ["node"] = "node", ["nodejs"] = "node", ["typescript"] = "node", ["ts"] = "node", ["deno"] = "node", ["bun"] = "node",
        ["ruby"] = "ruby", ["irb"] = "ruby", ["perl"] = "perl", ["php"] = "php", ["lua"] = "lua",
    };

    private static readonly HashSet<string> s_evaluators = new(StringComparer.Ordinal) { "eval", "evaluate", "repl", "interpreter", "cell", "sandbox", "kernel" };

    private static readonly HashSet<string> s_codes = new(StringComparer.OrdinalIgnoreCase)
    {
        "code", "source_code", "sourcecode", "snippet", "expression", "cell", "cell_source", "python", "python_code", "javascript", "js", "js_code", "ruby", "function", "eval",
    };

    private static readonly HashSet<string> s_targets = new(StringComparer.OrdinalIgnoreCase)
    {
        "destination", "dest", "dst", "target", "to", "output", "output_path", "outputpath", "new_path", "newpath", "target_path", "save_path", "out",
    };

    private static readonly HashSet<string> s_contents = new(StringComparer.OrdinalIgnoreCase)
    {
        "content", "contents", "text", "body", "data", "new_str", "old_str", "new_string", "old_string", "newtext", "oldtext", "message", "description", "title", "prompt", "file_text", "insert_text",
    };

    private static readonly HashSet<string> s_comments = new(StringComparer.OrdinalIgnoreCase)
    {
        "description", "explanation", "reason", "title", "thought", "purpose", "comment", "summary",
    };

    /// <summary>True when the argument tells people why; it is neither run nor written.</summary>
    public static bool IsComment(string argument) => s_comments.Contains(argument);

    /// <summary>True when the tool runs what it is given.</summary>
    public static bool IsShell(string tool) => Split(tool).Any(s_shells.Contains);

    /// <summary>True when the tool changes the files it names.</summary>
    public static bool IsWriting(string tool) => Split(tool).Any(s_writing.Contains);

    /// <summary>True when the argument is a command line whatever the tool is called.</summary>
    public static bool IsCommand(string argument) => s_commands.Contains(argument);

    /// <summary>True when the argument names what runs, and may stand beside its arguments.</summary>
    public static bool IsProgram(string argument) => IsCommand(argument) || s_programs.Contains(argument);

    /// <summary>True when the argument holds the words behind a program.</summary>
    public static bool IsArguments(string argument) => s_arguments.Contains(argument);

    /// <summary>True when the argument sets variables of what runs.</summary>
    public static bool IsEnvironment(string argument) => s_environments.Contains(argument);

    /// <summary>The interpreter of the language that the name of a tool, or the value of a <c>language</c> argument, names; null when none.</summary>
    public static string? Language(string name) => Split(name).Select(s_languages.GetValueOrDefault).FirstOrDefault(static found => found is not null);

    /// <summary>True when the tool runs code in some language.</summary>
    public static bool IsEvaluator(string tool) => IsShell(tool) || Split(tool).Any(s_evaluators.Contains);

    /// <summary>True when the argument is code in a language other than the shell's.</summary>
    public static bool IsCode(string argument) => s_codes.Contains(argument);

    /// <summary>True when the argument names where something goes.</summary>
    public static bool IsTarget(string argument) => s_targets.Contains(argument);

    /// <summary>True when the argument is what is written, not where.</summary>
    public static bool IsContent(string argument) => s_contents.Contains(argument);

    /// <summary>The words of <c>run_terminal_cmd</c>, <c>executeCommand</c>, <c>fs.read-file</c>, in lower case.</summary>
    public static IEnumerable<string> Split(string name)
    {
        var start = 0;
        for (var at = 1; at <= name.Length; at++)
        {
            var ends = at == name.Length || !char.IsAsciiLetter(name[at]) || (char.IsAsciiLetterUpper(name[at]) && char.IsAsciiLetterLower(name[at - 1]));
            if (!ends)
            {
                continue;
            }

            var word = name[start..at].TrimStart('_', '-', '.', '/', ':', ' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            start = at;
            if (word.Length > 0)
            {
                yield return word.ToLowerInvariant();
            }
        }
    }
}
