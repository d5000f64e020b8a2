using Postern.Sandbox.Planning;

namespace Postern.Program.Running;

/// <summary>What the command line says about containment, beyond the configuration.</summary>
/// <param name="Mode">Which layers may be missing; null for the configuration's word.</param>
/// <param name="Workspace">The directory that may be changed; empty for the configuration's.</param>
/// <param name="Environment">Variables for the command: <c>NAME</c> or <c>NAME=value</c>.</param>
internal sealed record SandboxWishes(SandboxMode? Mode, string Workspace, string[] Environment)
{
    /// <summary>The agent whose sandbox it is too; empty for the top level's alone.</summary>
    public string Agent { get; init; } = "";

    /// <summary>True when nothing may be started without containment.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True to keep what the command says instead of showing it.</summary>
    public bool TakesOutput { get; init; }
}
