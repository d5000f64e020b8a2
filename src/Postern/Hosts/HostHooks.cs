using Postern.Transports.Hooks;

namespace Postern.Program.Hosts;

/// <summary>The hooks of a host.</summary>
/// <param name="Asks">In whose words it asks.</param>
/// <param name="Files">Where hooks stand.</param>
/// <param name="Events">The events that Postern is asked about; a host that does not know one ignores it.</param>
internal sealed record HostHooks(HookHost Asks, HostFile[] Files, string[] Events)
{
    /// <summary>The word behind <c>postern hook</c>.</summary>
    public string Word => Asks == HookHost.Claude ? "claude" : "cursor";
}
