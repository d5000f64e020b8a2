namespace Postern.Sandbox.Planning;

/// <summary>One layer of containment on this machine.</summary>
/// <param name="Name">namespaces, landlock or seccomp.</param>
/// <param name="Holds">Whether the kernel has it.</param>
/// <param name="Detail">What it does here, or why it is missing and what that opens.</param>
public sealed record SandboxLayer(string Name, bool Holds, string Detail);
