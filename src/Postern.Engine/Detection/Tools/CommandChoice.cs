using System.Buffers;
using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>One thing that a term of a command pattern accepts.</summary>
internal sealed record CommandChoice(CommandTermKind Kind, string Text)
{
    /// <summary>Letters that may stand together behind one dash.</summary>
    private const int MaxCluster = 8;

    private static readonly SearchValues<char> s_cluster =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Whether the command has it.</summary>
    public bool IsIn(ShellCommand command) => Kind switch
    {
        CommandTermKind.Option => AnyOption(command.Arguments),
        CommandTermKind.Read => AnyPath(command.Reads),
        CommandTermKind.Write => AnyPath(command.Writes),
        CommandTermKind.Assignment => AnyAssignment(command.Assignments),
        CommandTermKind.Input => command.Input is { } input && IsText(input),
        CommandTermKind.Background => command.IsBackground,
        _ => AnyArgument(command),
    };

    /// <summary>Whether some operand is none of the choices: with these, something else is named. Operands that are not there come at run time.</summary>
    public static bool IsBeside(CommandChoice[] choices, ShellCommand command)
    {
        var any = false;
        foreach (var word in command.Arguments)
        {
            var isOperand = word.Text is [not '-', ..];
            any |= isOperand;
            if (isOperand && !Array.Exists(choices, choice => choice.IsWord(word.Text)))
            {
                return true;
            }
        }

        return !any;
    }

    /// <summary>Whether a word is it, as it stands.</summary>
    public bool IsText(string text) => Glob.Matches(Text, text);

    private bool AnyArgument(ShellCommand command)
    {
        foreach (var word in command.Arguments)
        {
            if (IsWord(word.Text))
            {
                return true;
            }
        }

        foreach (var host in command.Hosts)
        {
            if (IsText(host))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsWord(string word) => IsText(word) || (word.AsSpan().IndexOfAny('/', '~', '\\') >= 0 && IsPath(PathForm.Of(word, "")));

    private bool AnyPath(List<string> paths)
    {
        foreach (var path in paths)
        {
            if (IsPath(path))
            {
                return true;
            }
        }

        return false;
    }

    private bool AnyAssignment(List<ShellAssignment> assignments)
    {
        foreach (var assignment in assignments)
        {
            if (Glob.Matches(Text, assignment.Name + "=" + assignment.Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a path is it, or could be.</summary>
    public bool IsPath(string path) => Glob.CouldMean(Text, path) || (path.Length > 1 && path[^1] == '/' && Glob.CouldMean(Text, path[..^1]));

    private bool AnyOption(List<ShellWord> words)
    {
        foreach (var word in words)
        {
            if (word.Text.Length > 1 && word.Text[0] is '-' or '/' or '+' && IsOption(word.Text))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOption(string word)
    {
        if (Text.Length == 2 && Text[0] == '-')
        {
            return word == Text || (word[0] == '-' && word.Length is > 2 and <= MaxCluster && word[1] != '-' && word.Contains(Text[1], StringComparison.Ordinal) && !word.AsSpan(1).ContainsAnyExcept(s_cluster));
        }

        // Long options of the Unix kind are spelled exactly; those of Windows in any case.
        var comparison = Text.StartsWith("--", StringComparison.Ordinal) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return Text.Contains('*', StringComparison.Ordinal)
            ? Glob.Matches(Text, word)
            : word.StartsWith(Text, comparison) && (word.Length == Text.Length || word[Text.Length] is '=' or ':');
    }
}
