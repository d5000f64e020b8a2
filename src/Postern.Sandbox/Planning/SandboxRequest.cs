namespace Postern.Sandbox.Planning;

/// <summary>What is to be contained, and what the operator grants it.</summary>
/// <param name="Mode">Which layers may be missing.</param>
/// <param name="Command">The command and its arguments.</param>
public sealed record SandboxRequest(SandboxMode Mode, IReadOnlyList<string> Command)
{
    /// <summary>Where the operator stands; becomes the workspace unless one is named, when it may be one.</summary>
    public string Directory { get; init; } = "/";

    /// <summary>The directory that may be changed; empty to take <see cref="Directory"/>.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>The user's home, which inside is empty but for what is granted.</summary>
    public string UserHome { get; init; } = "/";

    /// <summary>Directories and files that may be read; <c>~/</c> stands for the user's home.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>The same that may be changed.</summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    /// <summary>Granted places beneath which nothing may be executed.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Unix sockets that may be connected to.</summary>
    public IReadOnlyList<string> Sockets { get; init; } = [];

    /// <summary>Where programs are looked for, as in <c>PATH</c>.</summary>
    public string SearchPath { get; init; } = "";

    /// <summary>Postern's own: state, keys and evidence. Always hidden.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    /// <summary>Files that may be read wherever they lie, and not changed: certificates, the configuration, Postern's program.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];

    /// <summary>False for a command that needs no network.</summary>
    public bool NeedsNetwork { get; init; } = true;

    /// <summary>Without namespaces: a directory, made for this run, that stands in for home and temporary files; empty when none was made.</summary>
    public string Scratch { get; init; } = "";
}
