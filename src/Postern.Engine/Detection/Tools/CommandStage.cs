using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>What one command of a pattern must be.</summary>
/// <param name="Programs">Names of programs, with wildcards.</param>
/// <param name="Verbs">Words that must stand among the arguments in this order.</param>
/// <param name="Terms">Conditions that hold in any order.</param>
/// <param name="IsPiped">True when its output must reach the stage behind it; else that stage comes anywhere later.</param>
internal sealed record CommandStage(string[] Programs, CommandTerm[] Verbs, CommandTerm[] Terms, bool IsPiped)
{
    /// <summary>Stands for a program whose name is only known at run time or is spelled with wildcards.</summary>
    public const string OpenProgram = "$open";

    private readonly CommandTerm? _exclusion = Array.Find(Terms, static term => term.IsExclusion);

    public bool Matches(ShellCommand command) => IsProgramOf(command)
        && Holds(command.Reads.Count > 1 && _exclusion is { } exclusion ? Without(command, exclusion) : command);

    // Apart: every call of a tool meets every stage for any program, and seldom comes here.
    private static ShellCommand Without(ShellCommand command, CommandTerm exclusion) =>
        command.Without(path => Array.Exists(exclusion.Choices, choice => choice.IsPath(path)));

    private bool IsProgramOf(ShellCommand command)
    {
        foreach (var program in Programs)
        {
            if (program == "*" || IsProgram(program, command))
            {
                return true;
            }
        }

        return false;
    }

    private bool Holds(ShellCommand command)
    {
        foreach (var term in Terms)
        {
            if (!term.Holds(command))
            {
                return false;
            }
        }

        return HasVerbs(command.Arguments);
    }

    private bool HasVerbs(List<ShellWord> words)
    {
        var next = 0;
        for (var at = 0; at < words.Count && next < Verbs.Length; at++)
        {
            next += Verbs[next].IsText(words[at].Text) ? 1 : 0;
        }

        return next == Verbs.Length;
    }

    private static bool IsProgram(string pattern, ShellCommand command) =>
        pattern == OpenProgram
            ? command.IsProgramOpen
            : (pattern.Contains('/', StringComparison.Ordinal) ? IsPath(pattern, command.Path) : Glob.Matches(pattern, command.Program))
                || (command.IsProgramOpen && command.Path.AsSpan().IndexOfAny("*?[") >= 0 && Glob.CouldMean("*/" + pattern, command.Path));

    /// <summary>As it is written, so that <c>./x</c> can be told from <c>x</c>, or in its plain spelling.</summary>
    private static bool IsPath(string pattern, string path) => Glob.Matches(pattern, path) || Glob.Matches(pattern, PathForm.Of(path, ""));
}
