namespace Postern.Engine.Policy;

/// <summary>A program of the operator's that answers instead of a tool.</summary>
/// <param name="Name">The profile.</param>
/// <param name="Command">The program and its arguments; the program as an absolute path.</param>
public sealed record Redirect(string Name, IReadOnlyList<string> Command)
{
    /// <summary>Why, for the program; empty when nothing was said.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>True when the program is given the call's arguments.</summary>
    public bool TakesArguments { get; init; }
}
