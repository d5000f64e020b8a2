using Postern.Program.Running;
using Postern.Sandbox.Planning;

namespace Postern.Program.Sentinel;

/// <summary>Which folders a run watches, and for whom.</summary>
/// <param name="Folders">Whole paths without links.</param>
/// <param name="Own">Postern's own places, where it writes itself.</param>
/// <param name="Agent">The agent whose workspaces they are; empty for nobody that is known.</param>
internal sealed record SentryPlaces(IReadOnlyList<string> Folders, IReadOnlyList<string> Own, string Agent)
{
    /// <summary>What the configuration names, and what a command may change.</summary>
    /// <param name="loaded">The configuration.</param>
    /// <param name="firewall">Whose evidence is not looked at.</param>
    /// <param name="home">Where state is kept.</param>
    /// <param name="granted">What the command may change; empty without one.</param>
    public static SentryPlaces Of(LoadedConfig loaded, Firewall firewall, Home home, IReadOnlyList<string> granted) => new(
        [.. loaded.Config.FileSentry.WatchPaths.Select(SandboxRequests.InHome).Concat(granted).Select(static path => RealPath.Of(path, []) ?? path).Distinct(StringComparer.Ordinal)],
        [.. SandboxRequests.OwnOf(loaded, home), firewall.EvidenceDirectory],
        "");
}
