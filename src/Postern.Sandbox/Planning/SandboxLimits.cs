namespace Postern.Sandbox.Planning;

/// <summary>What a contained command may use up. The numbers of resources are the kernel's, the same on x86-64 and arm64.</summary>
internal static class SandboxLimits
{
    /// <summary>No core dumps: they would put memory, with its secrets, into a file of the workspace.</summary>
    public const long CoreBytes = 0;

    /// <summary>Processes and threads of the user, against fork bombs; builds use hundreds.</summary>
    public const long Processes = 8192;

    /// <summary>Descriptors of one process; Java and Node ask for tens of thousands at most.</summary>
    public const long Descriptors = 65536;

    private const int Core = 4;
    private const int ProcessCount = 6;
    private const int DescriptorCount = 7;

    public static IReadOnlyList<(int Resource, long Value)> All { get; } = [(Core, CoreBytes), (ProcessCount, Processes), (DescriptorCount, Descriptors)];
}
