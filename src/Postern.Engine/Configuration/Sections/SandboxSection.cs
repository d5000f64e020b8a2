using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Containment of commands. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether postern run contains its command.</param>
/// <param name="Strict">Whether every layer must hold.</param>
/// <param name="BestEffort">Whether postern sandbox does with fewer layers.</param>
/// <param name="Workspace">The directory that the command may change.</param>
/// <param name="Filesystem">What else it may reach.</param>
/// <param name="Environment">Variables that it gets although they look like secrets.</param>
/// <param name="Sockets">Unix sockets that it may connect to.</param>
public sealed record SandboxSection(
    bool Enabled = true,
    bool Strict = false,
    bool BestEffort = false,
    string Workspace = "",
    SandboxFilesystemSection? Filesystem = null,
    IReadOnlyList<string>? Environment = null,
    IReadOnlyList<string>? Sockets = null)
{
    /// <summary>What else it may reach.</summary>
    public SandboxFilesystemSection Filesystem { get; init; } = Filesystem ?? new();

    /// <summary>Variables that it gets although they look like secrets.</summary>
    public IReadOnlyList<string> Environment { get; init; } = Environment ?? [];

    /// <summary>Unix sockets that it may connect to.</summary>
    public IReadOnlyList<string> Sockets { get; init; } = Sockets ?? [];

    internal static SectionSchema Schema => field ??= new(
        "Containment of commands that postern runs: no network but the firewall, no files but what is granted. See docs/containment.md.",
        static () => new SandboxSection(),
        new Field<SandboxSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether postern run contains its command. Where the machine cannot, it says so and runs it all the same, unless strict is set. postern sandbox always contains.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<SandboxSection>("strict", KindOf.Flag, Weakens.WhenLowered,
            s => s.Strict, (s, v) => s with { Strict = (bool)v },
            "Whether every layer must hold: namespaces, Landlock 6 and seccomp. Where one is missing nothing starts.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<SandboxSection>("best_effort", KindOf.Flag, Weakens.WhenRaised,
            s => s.BestEffort, (s, v) => s with { BestEffort = (bool)v },
            "Whether postern sandbox does with fewer layers, as long as the kernel still forces the network through the firewall. Not together with strict.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<SandboxSection>("workspace", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.Workspace, (s, v) => s with { Workspace = (string)v },
            "The directory that the command may change. Not set: where postern was started, unless that is the home or a directory of the system.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<SandboxSection>("filesystem", KindOf.Section(() => SandboxFilesystemSection.Schema), Weakens.Never,
            s => s.Filesystem, (s, v) => s with { Filesystem = (SandboxFilesystemSection)v },
            "What else it may reach."),
        new Field<SandboxSection>("environment", KindOf.Texts(TextFormats.Variable), Weakens.WhenGrown,
            s => s.Environment, (s, v) => s with { Environment = (IReadOnlyList<string>)v },
            "Names of variables that the command gets although they look like secrets, like --env NAME.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<SandboxSection>("sockets", KindOf.Texts(TextFormats.Grant), Weakens.WhenGrown,
            s => s.Sockets, (s, v) => s with { Sockets = (IReadOnlyList<string>)v },
            "Unix sockets that the command may connect to, by their whole path. Whoever serves one acts outside of all this: a container engine's is the whole machine.") { IsOutsidePolicy = true, NeedsRestart = true });

    /// <summary>This, with what holds for one agent besides: its lists are added, its workspace goes before, and each may ask for more.</summary>
    /// <param name="own">The agent's section.</param>
    public SandboxSection For(SandboxSection own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return new SandboxSection(Enabled && own.Enabled, Strict || own.Strict, !Strict && !own.Strict && (BestEffort || own.BestEffort), own.Workspace.Length > 0 ? own.Workspace : Workspace)
        {
            Environment = [.. Environment, .. own.Environment],
            Sockets = [.. Sockets, .. own.Sockets],
            Filesystem = new SandboxFilesystemSection(
                [.. Filesystem.AllowRead, .. own.Filesystem.AllowRead], [.. Filesystem.AllowWrite, .. own.Filesystem.AllowWrite], [.. Filesystem.DenyExecute, .. own.Filesystem.DenyExecute]),
        };
    }
}
