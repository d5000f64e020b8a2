namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>A variable set for one command or for the shell: a prefix, <c>export</c>, <c>env</c> or a line of its own.</summary>
internal sealed record ShellAssignment(string Name, string Value);
