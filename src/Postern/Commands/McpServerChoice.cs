namespace Postern.Program.Commands;

/// <summary>The server that the command line names.</summary>
/// <param name="Command">The program and its arguments.</param>
internal sealed record McpServerChoice(string[] Command)
{
    /// <summary>Variables for it beyond the usual ones.</summary>
    public string[] Environment { get; init; } = [];

    /// <summary>How evidence and sessions call it: by its program alone, for arguments may hold keys.</summary>
    public string Name => Path.GetFileName(Command[0]) is { Length: > 0 } name ? name : "server";
}
