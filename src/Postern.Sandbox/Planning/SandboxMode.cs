namespace Postern.Sandbox.Planning;

/// <summary>Which layers may be missing. Zero is the strictest.</summary>
public enum SandboxMode : byte
{
    /// <summary>None.</summary>
    Strict,

    /// <summary>Landlock, when namespaces and seccomp hold; it is said.</summary>
    Standard,

    /// <summary>Each, as long as the kernel still forces the network through the firewall; what is missing is said.</summary>
    BestEffort,
}
