using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Postern.Architecture.Tests.Projects;

/// <summary>What a built assembly refers to, read from its metadata.</summary>
internal static class AssemblyReferences
{
    // Assemblies whose whole purpose is I/O. IPAddress (System.Net.Primitives) and Stream (System.Runtime) are values and stay.
    private static readonly string[] s_forbiddenToEngine =
    [
        "System.Net.Sockets", "System.Net.Http", "System.Net.Security", "System.Net.NameResolution", "System.Net.WebSockets.Client",
        "System.Net.NetworkInformation", "System.Net.Requests", "System.Net.WebClient", "System.Net.Quic",
        "System.Console", "System.Diagnostics.Process", "System.IO.Pipes", "System.IO.FileSystem.Watcher", "System.IO.MemoryMappedFiles",
        "Microsoft.Win32.Registry",
    ];

    /// <summary>The forbidden assemblies that <paramref name="assembly"/> refers to.</summary>
    public static IEnumerable<string> Forbidden(Stream assembly)
    {
        using var image = new PEReader(assembly);
        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => s_forbiddenToEngine.Contains(name) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
            .ToList();
    }
}
