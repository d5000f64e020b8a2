namespace Postern.Program.Abom;

/// <summary>One thing that an agent is made of, or that it uses.</summary>
/// <param name="kind">What it is.</param>
/// <param name="name">What it is called; of a tool without its server.</param>
internal sealed class BomEntry(BomKind kind, string name)
{
    /// <summary>What it is.</summary>
    public BomKind Kind => kind;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>The server of a tool, the ecosystem of a package; empty for others.</summary>
    public string Group { get; init; } = "";

    /// <summary>Which of it; empty when nothing pins it.</summary>
    public string Version { get; init; } = "";

    /// <summary>The files that name it, relative to where was looked.</summary>
    public SortedSet<string> Declared { get; } = new(StringComparer.Ordinal);

    /// <summary>How often records name it.</summary>
    public long Observed { get; set; }

    /// <summary>How often of these it was refused.</summary>
    public long Refused { get; set; }

    /// <summary>What else is known, by name.</summary>
    public SortedDictionary<string, string> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>Packages are not observed: what a process loads does not pass Postern.</summary>
    public bool IsObservable => kind != BomKind.Package;

    /// <summary>Declared and seen, declared and never seen, or seen although nothing declares it.</summary>
    public string Status => (Declared.Count > 0, Observed > 0) switch
    {
        _ when !IsObservable => "declared",
        (true, true) => "active",
        (true, false) => "dormant",
        _ => "unexpected",
    };

    /// <summary>How sure it is that the agent has it: what was seen in evidence is; a pinned declaration is likely, one without a version less so.</summary>
    public double Confidence => Observed > 0 ? 1 : Version.Length > 0 ? 0.9 : 0.6;
}
