using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>One condition on a command: one of the choices is there, or none of them when negated.</summary>
internal sealed record CommandTerm(bool Negated, CommandChoice[] Choices)
{
    /// <summary>True when the condition is that some operand is none of the choices.</summary>
    public bool IsBeside { get; init; }

    /// <summary>True when it takes files out of those that count as read.</summary>
    public bool IsExclusion => Negated && !IsBeside && Array.TrueForAll(Choices, c => c.Kind == CommandTermKind.Read);

    /// <summary>True for a word whose place among the others counts.</summary>
    public bool IsVerb => !Negated && Array.TrueForAll(Choices, c => c.Kind == CommandTermKind.Verb);

    /// <summary>Whether the condition holds, apart from the order of verbs.</summary>
    public bool Holds(ShellCommand command)
    {
        if (IsBeside)
        {
            return CommandChoice.IsBeside(Choices, command);
        }

        foreach (var choice in Choices)
        {
            if (choice.IsIn(command))
            {
                return !Negated;
            }
        }

        return Negated;
    }

    /// <summary>Whether a word is one of the choices, as it stands.</summary>
    public bool IsText(string text)
    {
        foreach (var choice in Choices)
        {
            if (choice.IsText(text))
            {
                return true;
            }
        }

        return false;
    }
}
