namespace Postern.Program.Hosts;

/// <summary>A program that runs agents, as data: where it is configured, and in which words.</summary>
/// <param name="Name">What is typed.</param>
/// <param name="Title">What people call it.</param>
internal sealed record AgentHost(string Name, string Title)
{
    /// <summary>Where its MCP servers stand.</summary>
    public required HostFile[] Files { get; init; }

    /// <summary>The hooks that it has; null for none.</summary>
    public HostHooks? Hooks { get; init; }

    /// <summary>What the <c>type</c> of a server says that is a command.</summary>
    public string LocalType { get; init; } = "stdio";

    /// <summary>True when a server without a <c>type</c> is none.</summary>
    public bool NeedsType { get; init; }

    /// <summary>True when <c>command</c> is the program with its arguments, in one list.</summary>
    public bool ListsCommand { get; init; }

    /// <summary>The member with a server's variables.</summary>
    public string Environment { get; init; } = "env";

    /// <summary>True when a server with a plain <c>url</c> speaks the transport of 2024, which the proxy does not.</summary>
    public bool MeansEventsByUrl { get; init; }

    /// <summary>True when variables reach a server only when the file names them.</summary>
    public bool NamesVariables { get; init; }
}
