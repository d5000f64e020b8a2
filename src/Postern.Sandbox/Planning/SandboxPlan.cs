namespace Postern.Sandbox.Planning;

/// <summary>Everything that the stage does before it becomes the command. A value: it can be printed, compared and sent.</summary>
/// <param name="Layers">The layers, present or missing.</param>
/// <param name="Paths">What can be reached; the longest path decides. Shorter paths come first.</param>
/// <param name="Links">Symbolic links to keep.</param>
/// <param name="Network">How the firewall is reached.</param>
public sealed record SandboxPlan(
    IReadOnlyList<SandboxLayer> Layers,
    IReadOnlyList<PathRule> Paths,
    IReadOnlyList<PathLink> Links,
    NetworkWay Network)
{
    /// <summary>Whether namespaces are used.</summary>
    public bool Namespaces => Holds(0);

    /// <summary>Whether Landlock is used.</summary>
    public bool Landlock => Holds(1);

    /// <summary>Whether a seccomp filter is used.</summary>
    public bool Seccomp => Holds(2);

    /// <summary>Directories that the operator lets it change: its workspace first. Not sent to the stage.</summary>
    public IReadOnlyList<string> Workspaces { get; init; } = [];

    /// <summary>Where the command starts.</summary>
    public string Directory { get; init; } = "/";

    /// <summary>The TCP port of the firewall: inside with a door, on the machine without.</summary>
    public int Port { get; init; }

    /// <summary>Resource limits: number of the resource and value.</summary>
    public IReadOnlyList<(int Resource, long Value)> Limits { get; init; } = SandboxLimits.All;

    /// <summary>The command and its arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>All of its environment, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    private bool Holds(int layer) => Layers[layer].Holds;
}
