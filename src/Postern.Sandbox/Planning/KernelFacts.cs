using System.Runtime.InteropServices;

namespace Postern.Sandbox.Planning;

/// <summary>What this machine offers; found out by trying, not by version numbers.</summary>
/// <param name="Namespaces">Why namespaces cannot be used; empty when they can.</param>
/// <param name="LandlockAbi">Landlock's version; 0 when there is none.</param>
/// <param name="Seccomp">Whether filters are accepted.</param>
/// <param name="Architecture">Whose system call numbers.</param>
public sealed record KernelFacts(string Namespaces, int LandlockAbi, bool Seccomp, Architecture Architecture)
{
    /// <summary>Nothing at all: another system than Linux.</summary>
    public static KernelFacts Nothing { get; } = new("needs Linux", 0, false, RuntimeInformation.ProcessArchitecture);
}
