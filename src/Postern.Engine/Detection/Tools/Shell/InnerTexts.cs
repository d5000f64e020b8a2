namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Words and inputs of a command that are shell text themselves.</summary>
internal static class InnerTexts
{
    public static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "zsh", "dash", "ksh", "fish", "ash", "mksh", "csh", "tcsh", "rbash" };

    /// <summary>Variables that shells run.</summary>
    private static readonly string[] s_hooks = ["PROMPT_COMMAND", "PS1", "PS4", "BASH_ENV", "ENV", "SHELL", "GIT_SSH_COMMAND", "GIT_EDITOR", "EDITOR", "VISUAL", "PAGER", "GIT_PAGER", "LESSOPEN", "MANPAGER"];

    public static IEnumerable<string> Of(ShellCommand command)
    {
        var words = command.Arguments.ConvertAll(a => a.Text);
        foreach (var text in Words(command.Program, words).Where(IsText))
        {
            yield return text;
        }

        foreach (var text in Input(command))
        {
            yield return text;
        }
    }

    /// <summary>What the variables of a command make it, or a shell, run; none of it reads what the command prints.</summary>
    public static IEnumerable<string> Hooks(ShellCommand command) =>
        command.Assignments.Where(a => Array.IndexOf(s_hooks, a.Name) >= 0 && a.Value.Contains(' ', StringComparison.Ordinal)).Select(a => a.Value);

    /// <summary>What the command runs of a known text on its standard input.</summary>
    public static IEnumerable<string> Input(ShellCommand command) =>
        command.Input is { Length: > 0 } input && RunsInput(command) ? InlineCode.CommandsOf(command.Program, input) : [];

    /// <summary>What <c>sh -c TEXT NAME ARGUMENT…</c> gives to the text; null when nothing is given.</summary>
    public static ShellWord[]? Parameters(ShellCommand command)
    {
        var at = Shells.Contains(command.Program) ? command.Arguments.FindIndex(static word => IsCommandOption(word.Text)) + 2 : 0;
        return at >= 2 && at < command.Arguments.Count ? [.. command.Arguments.Skip(at)] : null;
    }

    private static IEnumerable<string> Words(string program, List<string> words) => program switch
    {
        _ when Shells.Contains(program) => After(words, IsCommandOption),
        "eval" or "invoke-expression" or "iex" => [string.Join(' ', words)],
        "su" or "script" or "npx" or "runuser" => After(words, w => w is "-c" or "--command"),
        "watch" => [string.Join(' ', words.SkipWhile(w => w.StartsWith('-') || char.IsAsciiDigit(w[0])))],
        "ssh" => [string.Join(' ', words.SkipWhile(w => w.StartsWith('-')).Skip(1))],
        "trap" => words.Take(1),
        "alias" => words.Select(w => w[(w.IndexOf('=', StringComparison.Ordinal) + 1)..]).Where(w => w.Contains(' ', StringComparison.Ordinal)),
        "screen" or "tmux" => words.Where(w => w.Contains(' ', StringComparison.Ordinal)),
        "env" => After(words, w => w is "-S" or "--split-string"),
        "cmd" => [string.Join(' ', words.SkipWhile(w => !w.Equals("/c", StringComparison.OrdinalIgnoreCase) && !w.Equals("/k", StringComparison.OrdinalIgnoreCase)).Skip(1)).Replace("^", "", StringComparison.Ordinal)],
        "powershell" or "pwsh" => PowerShell(words),
        "make" => words.Where(w => w.StartsWith("SHELL=", StringComparison.Ordinal)).Select(w => w[6..]),
        "git" => words.Select(w => w.IndexOf('!', StringComparison.Ordinal) is var at and > 0 && w.StartsWith("alias.", StringComparison.Ordinal) ? w[(at + 1)..] : ""),
        "schtasks" => After(words, w => w.Equals("/tr", StringComparison.OrdinalIgnoreCase)),
        _ => InlineCode.Commands(program, words),
    };

    private static IEnumerable<string> PowerShell(List<string> words)
    {
        var encoded = After(words, w => w.Length > 2 && "-encodedcommand".StartsWith(w.ToLowerInvariant(), StringComparison.Ordinal));
        var plain = words.SkipWhile(w => !"-command".StartsWith(w.ToLowerInvariant(), StringComparison.Ordinal) || w.Length < 2).Skip(1);
        return encoded.Select(e => Encoded.Base64(e) ?? "").Append(string.Join(' ', plain).Replace("`", "", StringComparison.Ordinal));
    }

    /// <summary>The word after the first that <paramref name="isOption"/> accepts.</summary>
    private static IEnumerable<string> After(List<string> words, Predicate<string> isOption)
    {
        var at = words.FindIndex(isOption);
        return at >= 0 && at + 1 < words.Count ? [words[at + 1]] : [];
    }

    private static bool IsCommandOption(string word) => word.Length > 1 && word[0] == '-' && word[1] != '-' && word.Contains('c', StringComparison.Ordinal);

    private static bool RunsInput(ShellCommand command) =>
        command.Program is "at" or "batch" or "crontab" or "source" or "." or "parallel" or "ssh"
        || ((Shells.Contains(command.Program) || InlineCode.IsInterpreter(command.Program)) && !command.Arguments.Exists(w => w.Text.Length > 0 && w.Text[0] != '-'));

    private static bool IsText(string text) => text.Length > 0;
}
