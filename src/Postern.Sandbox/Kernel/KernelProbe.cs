using System.Runtime.InteropServices;
using Postern.Sandbox.Planning;

namespace Postern.Sandbox.Kernel;

/// <summary>Finds out what this machine offers.</summary>
public static class KernelProbe
{
    /// <summary>The facts; takes a few milliseconds, because namespaces are tried.</summary>
    public static KernelFacts Look()
    {
        if (!OperatingSystem.IsLinux())
        {
            return KernelFacts.Nothing;
        }

        var architecture = RuntimeInformation.ProcessArchitecture;
        var namespaces = Mounts.AreAvailable ? Unshare.Fault() : "needs Linux 5.12";
        return new KernelFacts(namespaces, Landlock.Abi, Privileges.HasFilters && SeccompFilter.Knows(architecture), architecture);
    }
}
