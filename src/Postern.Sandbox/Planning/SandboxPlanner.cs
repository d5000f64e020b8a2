namespace Postern.Sandbox.Planning;

/// <summary>From what is asked and what the machine offers to a plan; or a refusal, never a plan with a layer silently less.</summary>
public static class SandboxPlanner
{
    /// <summary>The port of the door inside.</summary>
    public const int DoorPort = 8888;

    /// <summary>Plans.</summary>
    /// <exception cref="ContainmentException">A layer is missing that the mode needs, or a grant is not acceptable.</exception>
    public static SandboxPlan Plan(SandboxRequest request, KernelFacts facts)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        var layers = LayersOf(facts);
        Require(request.Mode, facts);
        var grants = new Grants(request, isolated: layers[0].Holds);
        return new SandboxPlan(layers, grants.Rules(), grants.Links, WayOf(request, layers[0].Holds))
        {
            Directory = grants.StartsIn,
            Workspaces = grants.Workspaces,
            Port = DoorPort,
            Command = request.Command,
        };
    }

    private static NetworkWay WayOf(SandboxRequest request, bool isolated) =>
        !request.NeedsNetwork ? NetworkWay.None : isolated ? NetworkWay.Door : NetworkWay.Port;

    private static SandboxLayer[] LayersOf(KernelFacts facts) =>
    [
        facts.Namespaces.Length == 0
            ? new("namespaces", true, "users, network, mounts, processes, IPC and host name of its own; only what is granted can be seen")
            : new("namespaces", false, $"{facts.Namespaces}. Processes and their command lines can be seen, home and temporary files are a directory on disk"),
        facts.LandlockAbi switch
        {
            0 => new("landlock", false, "the kernel has none. Files are held by mounts alone"),
            < Kernel.Landlock.AbiWithScopes => new("landlock", true, $"version {facts.LandlockAbi}: files, and TCP ports from version 4; signals and abstract sockets are held from version 6 on"),
            _ => new("landlock", true, $"version {facts.LandlockAbi}: files, TCP ports, signals and abstract sockets"),
        },
        facts.Seccomp
            ? new("seccomp", true, $"dangerous system calls are refused ({facts.Architecture})")
            : new("seccomp", false, "the kernel takes no filters, or this architecture has no table. Every system call is open"),
    ];

    private static void Require(SandboxMode mode, KernelFacts facts)
    {
        var isolated = facts.Namespaces.Length == 0;
        var fault = mode switch
        {
            SandboxMode.BestEffort when isolated => null,
            SandboxMode.BestEffort => facts.LandlockAbi < Kernel.Landlock.AbiWithPorts || !facts.Seccomp
                ? $"nothing holds the network here: namespaces: {facts.Namespaces}; and without them Landlock 4 (Linux 6.7) and seccomp are needed" : null,
            _ when !isolated => $"namespaces: {facts.Namespaces}; --best-effort does without where the kernel still holds the network",
            _ when !facts.Seccomp => "seccomp is missing; --best-effort does without",
            SandboxMode.Strict when facts.LandlockAbi < Kernel.Landlock.AbiWithScopes => "Landlock 6 (Linux 6.12) is missing; without --strict mounts alone hold the files",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ContainmentException("cannot contain the command: " + fault);
        }
    }
}
