using System.CommandLine;

namespace Postern.Program;

/// <summary>One command of the program.</summary>
/// <param name="Name">What is typed.</param>
/// <param name="Summary">One line for the page of commands.</param>
/// <param name="Create">Makes its options and its action; called for the one command that was asked for.</param>
internal sealed record CommandEntry(string Name, string Summary, Func<Command> Create);
