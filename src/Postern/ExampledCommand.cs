using System.CommandLine;

namespace Postern.Program;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class ExampledCommand(string name, string description) : Command(name, description)
{
    /// <summary>Whole command lines.</summary>
    public string[] Examples { get; init; } = [];
}
