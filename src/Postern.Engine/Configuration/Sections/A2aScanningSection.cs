using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Agents that talk to agents. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record A2aScanningSection : ISection
{
    /// <summary>Whether A2A is told from other traffic.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether cards are judged like definitions of tools.</summary>
    public bool ScanAgentCards { get; init; } = true;

    /// <summary>Whether cards are pinned.</summary>
    public bool DetectCardDrift { get; init; } = true;

    /// <summary>Whether an answer must belong to the context that was asked in.</summary>
    public bool SessionSmugglingDetection { get; init; } = true;

    /// <summary>Whether files in messages are held against media_policy.</summary>
    public bool ScanRawParts { get; init; } = true;

    static SectionSchema ISection.Schema => field ??= new(
        "Agents that talk to agents (A2A 0.3 and 1.0), over JSON-RPC, over plain HTTP and inside MCP. What is found costs what it costs in tools: mcp_tool_scanning for cards, the URL layers for addresses.",
        new Field<A2aScanningSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether A2A is told from other traffic. false: it is inspected like any other JSON, and refusals have the shape of plain HTTP."),
        new Field<A2aScanningSection>("scan_agent_cards", KindOf.Flag, Weakens.WhenLowered,
            s => s.ScanAgentCards, (s, v) => s with { ScanAgentCards = (bool)v },
            "Whether cards are judged like definitions of tools: by the poisoning rules, and by the addresses that they lead to."),
        new Field<A2aScanningSection>("detect_card_drift", KindOf.Flag, Weakens.WhenLowered,
            s => s.DetectCardDrift, (s, v) => s with { DetectCardDrift = (bool)v },
            "Whether cards are pinned on first use; mcp_tool_scanning.pinning says what a changed one does. Signatures and the version do not count as a change."),
        new Field<A2aScanningSection>("session_smuggling_detection", KindOf.Flag, Weakens.WhenLowered,
            s => s.SessionSmugglingDetection, (s, v) => s with { SessionSmugglingDetection = (bool)v },
            "Whether an answer must belong to the context that was asked in, and all of a stream to one."),
        new Field<A2aScanningSection>("scan_raw_parts", KindOf.Flag, Weakens.WhenLowered,
            s => s.ScanRawParts, (s, v) => s with { ScanRawParts = (bool)v },
            "Whether files in messages are held against media_policy. Their bytes are searched for secrets and instructions in any case."));
}
