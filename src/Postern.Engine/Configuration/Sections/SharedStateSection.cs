using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>State that several instances share. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record SharedStateSection : ISection
{
    /// <summary>How the database is reached.</summary>
    public string ConnectionFile { get; init; } = "";

    /// <summary>What all instances share and the database does not know.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>How long the database may take.</summary>
    public int TimeoutMs { get; init; } = 1000;

    static SectionSchema ISection.Schema => field ??= new(
        "State that several instances share in PostgreSQL, so that they enforce one budget, one chain and one kill switch; see docs/shared-state.md. While it is out of reach everything is refused.",
        new Field<SharedStateSection>("connection_file", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.ConnectionFile, (s, v) => s with { ConnectionFile = (string)v },
            "A file with the connection string of Npgsql, such as Host=db.example;Database=postern;Username=postern;Password=…;SSL Mode=VerifyFull. Others than its owner must not be able to read it. Not set: state is this process's own, and goes with it.")
        { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<SharedStateSection>("key_file", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.KeyFile, (s, v) => s with { KeyFile = (string)v },
            "A file with at least 32 random characters, the same for all instances, readable by its owner alone. States are sealed with it: the database sees nothing that agents sent. Required with connection_file.")
        { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<SharedStateSection>("timeout_ms", KindOf.Whole(50, 10000, "milliseconds"), Weakens.Never,
            s => s.TimeoutMs, (s, v) => s with { TimeoutMs = (int)v },
            "How long the database may take to answer for one decision; then the message is refused, operation.state-unavailable.")
        { IsOutsidePolicy = true, NeedsRestart = true });
}
