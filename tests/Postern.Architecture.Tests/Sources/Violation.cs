namespace Postern.Architecture.Tests.Sources;

/// <summary>One place where a rule of the house is broken.</summary>
/// <param name="Path">The file, from the repository root.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Member">The enclosing member's name; empty outside members.</param>
/// <param name="What">What is wrong there.</param>
internal readonly record struct Violation(string Path, int Line, string Member, string What)
{
    /// <summary>As editors and terminals make it clickable.</summary>
    public override string ToString() => $"{Path}:{Line}: {What}";
}
