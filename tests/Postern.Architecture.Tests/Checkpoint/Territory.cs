using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Checkpoint;

/// <summary>Which side of the checkpoint a file stands on.</summary>
internal static class Territory
{
    /// <summary>The project of adapters and releases.</summary>
    public const string Transports = "src/Postern.Transports";

    // Adapters too, for programs that have the checkpoint inside.
    private static readonly string[] s_adapters = [Transports, "src/Postern.AspNetCore", "src/Postern.Mcp"];

    // Outside the rule by design (architecture, "Fail closed by construction"): they talk to operators and collectors, never for an
    // agent. The price is that they may not even name a message; OutsidersHoldNoMessage holds them to it.
    private static readonly string[] s_outside = [Transports + "/Control", Transports + "/Telemetry"];

    /// <summary>True for a release: the only kind of file that writes to the other side.</summary>
    public static bool IsRelease(SourceFile file) => s_adapters.Any(file.IsIn) && file.Name.EndsWith("Release", StringComparison.Ordinal);

    /// <summary>True for the control surfaces and telemetry sinks.</summary>
    public static bool IsOutsider(SourceFile file) => s_outside.Any(file.IsIn);
}
