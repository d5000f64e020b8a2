using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A program that answers instead of a tool. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record RedirectProfile : ISection
{
    /// <summary>What rules call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Exec { get; init; } = [];

    /// <summary>Why calls are redirected.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether the call's arguments, as JSON, are the program's last argument.</summary>
    public bool PreserveArgv { get; init; }

    static SectionSchema ISection.Schema => field ??= new(
        "A program that answers instead of a tool.",
        new Field<RedirectProfile>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What rules call it; unique in the list.") { IsRequired = true },
        new Field<RedirectProfile>("exec", KindOf.Words, Weakens.WhenChanged,
            s => s.Exec, (s, v) => s with { Exec = (IReadOnlyList<string>)v },
            "The program and its arguments, the program as an absolute path. It runs without a shell, with PATH, HOME and the like only, for at most 30 seconds; what it prints, at most 1 MiB, is inspected like any result. A failure refuses the call.") { IsRequired = true },
        new Field<RedirectProfile>("reason", KindOf.Optional(TextFormats.Line), Weakens.Never,
            s => s.Reason, (s, v) => s with { Reason = (string)v },
            "Why calls are redirected; the program finds it in POSTERN_REDIRECT_REASON."),
        new Field<RedirectProfile>("preserve_argv", KindOf.Flag, Weakens.WhenRaised,
            s => s.PreserveArgv, (s, v) => s with { PreserveArgv = (bool)v },
            "Whether the call's arguments, as JSON, are the program's last argument. What a rule objected to is then in the program's hands, and in the process list."));
}
