using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Grants of files. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record SandboxFilesystemSection : ISection
{
    /// <summary>What may be read and executed.</summary>
    public IReadOnlyList<string> AllowRead { get; init; } = [];

    /// <summary>What may be changed too.</summary>
    public IReadOnlyList<string> AllowWrite { get; init; } = [];

    /// <summary>Where, of all that, nothing may be executed.</summary>
    public IReadOnlyList<string> DenyExecute { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Directories and files that a contained command may reach besides the system's programs and its workspace. Places of secrets, such as ~/.ssh, stay hidden.",
        new Field<SandboxFilesystemSection>("allow_read", KindOf.Texts(TextFormats.Grant), Weakens.WhenGrown,
            s => s.AllowRead, (s, v) => s with { AllowRead = (IReadOnlyList<string>)v },
            "What may be read and executed.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<SandboxFilesystemSection>("allow_write", KindOf.Texts(TextFormats.Grant), Weakens.WhenGrown,
            s => s.AllowWrite, (s, v) => s with { AllowWrite = (IReadOnlyList<string>)v },
            "What may be changed too.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<SandboxFilesystemSection>("deny_execute", KindOf.Texts(TextFormats.Grant), Weakens.WhenShrunk,
            s => s.DenyExecute, (s, v) => s with { DenyExecute = (IReadOnlyList<string>)v },
            "Where, of all that is granted, nothing may be executed: data, caches, the workspace itself. Longer grants beneath it stay what they are.") { IsOutsidePolicy = true, NeedsRestart = true });
}
