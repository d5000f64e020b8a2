using Postern.Program.Running;

namespace Postern.Program.Commands;

/// <summary>What <c>run</c> or <c>sandbox</c> was asked for.</summary>
/// <param name="Loaded">The configuration that applies.</param>
/// <param name="Listen">The address that was named.</param>
/// <param name="Home">Where state is kept.</param>
/// <param name="Command">The command; empty for the firewall alone.</param>
internal sealed record RunChoice(LoadedConfig Loaded, string? Listen, Home Home, string[] Command)
{
    /// <summary>The agent that the command is; empty for nobody that is known.</summary>
    public string Agent { get; init; } = "";

    /// <summary>How the command is to be contained; null not to.</summary>
    public SandboxWishes? Sandbox { get; init; }
}
