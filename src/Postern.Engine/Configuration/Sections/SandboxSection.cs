using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Containment of commands. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record SandboxSection : ISection
{
    /// <summary>Whether postern run contains its command.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether every layer must hold.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether postern sandbox does with fewer layers.</summary>
    public bool BestEffort { get; init; }

    /// <summary>The directory that the command may change.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>What else it may reach.</summary>
    public SandboxFilesystemSection Filesystem { get; init; } = new();

    /// <summary>Variables that it gets although they look like secrets.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Unix sockets that it may connect to.</summary>
    public IReadOnlyList<string> Sockets { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Containment of commands that postern runs: no network but the firewall, no files but what is granted. See docs/containment.md.",
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
        Nested.Of("filesystem", (SandboxSection s) => s.Filesystem, (s, v) => s with { Filesystem = v },
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
        return new SandboxSection
        {
            Enabled = Enabled && own.Enabled,
            Strict = Strict || own.Strict,
            BestEffort = !Strict && !own.Strict && (BestEffort || own.BestEffort),
            Workspace = own.Workspace.Length > 0 ? own.Workspace : Workspace,
            Environment = [.. Environment, .. own.Environment],
            Sockets = [.. Sockets, .. own.Sockets],
            Filesystem = new SandboxFilesystemSection
            {
                AllowRead = [.. Filesystem.AllowRead, .. own.Filesystem.AllowRead],
                AllowWrite = [.. Filesystem.AllowWrite, .. own.Filesystem.AllowWrite],
                DenyExecute = [.. Filesystem.DenyExecute, .. own.Filesystem.DenyExecute],
            },
        };
    }
}
