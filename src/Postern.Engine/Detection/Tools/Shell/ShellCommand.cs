namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>One simple command: what would be started, with which words, files and input.</summary>
internal sealed class ShellCommand
{
    /// <summary>The first word as written, after expansion; empty for a line of assignments or redirections only.</summary>
    public string Path { get; set; } = "";

    /// <summary>The program's own name: no folder, no <c>.exe</c>, lower case.</summary>
    public string Program { get; set; } = "";

    /// <summary>True when the program's name is only known at run time, or is spelled with wildcards.</summary>
    public bool IsProgramOpen { get; set; }

    /// <summary>Everything after the program.</summary>
    public List<ShellWord> Arguments { get; } = [];

    /// <summary>Variables set for this command.</summary>
    public List<ShellAssignment> Assignments { get; } = [];

    /// <summary>Files read, as far as the command line tells.</summary>
    public List<string> Reads { get; } = [];

    /// <summary>Files written.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>Metadata services named by number, in their plain spelling.</summary>
    public List<string> Hosts { get; } = [];

    /// <summary>Text given on standard input by a here-document, a here-string or a constant pipe; null when unknown.</summary>
    public string? Input { get; set; }

    /// <summary>Commands whose output can reach each other have the same number; substitutions count with the command they feed.</summary>
    public int Pipeline { get; set; }

    /// <summary>True when the shell does not wait for it.</summary>
    public bool IsBackground { get; set; }

    /// <summary>The same command, of whose files some are left out; itself when that would leave none.</summary>
    public ShellCommand Without(Predicate<string> isLeftOut)
    {
        if (Reads.TrueForAll(isLeftOut))
        {
            return this;
        }

        var rest = Copy();
        (rest.Path, rest.Program, rest.IsProgramOpen) = (Path, Program, IsProgramOpen);
        rest.Arguments.AddRange(Arguments);
        rest.Hosts.AddRange(Hosts);
        rest.Reads.RemoveAll(isLeftOut);
        return rest;
    }

    /// <summary>A command with the same surroundings and no words yet.</summary>
    public ShellCommand Copy()
    {
        var copy = new ShellCommand { Pipeline = Pipeline, Input = Input, IsBackground = IsBackground };
        copy.Assignments.AddRange(Assignments);
        copy.Reads.AddRange(Reads);
        copy.Writes.AddRange(Writes);
        return copy;
    }
}
