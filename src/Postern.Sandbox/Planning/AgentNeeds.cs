namespace Postern.Sandbox.Planning;

/// <summary>What an agent keeps in the user's home and cannot work without. Only the agent that is started gets it.</summary>
/// <param name="Program">The name of its program.</param>
/// <param name="Writes">Beneath the home: its settings, sessions and its own login.</param>
/// <param name="Variables">Variables with its key to its own provider.</param>
internal sealed record AgentNeeds(string Program, string[] Writes, string[] Variables)
{
    private static readonly string[] s_anthropic = ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"];

    private static readonly AgentNeeds[] s_all =
    [
        new("claude", [".claude", ".claude.json"], s_anthropic),
        new("codex", [".codex"], ["OPENAI_API_KEY", "CODEX_API_KEY"]),
        new("gemini", [".gemini"], ["GEMINI_API_KEY", "GOOGLE_API_KEY"]),
        new("cursor-agent", [".cursor", ".config/cursor"], ["CURSOR_API_KEY"]),
        new("opencode", [".config/opencode", ".local/share/opencode"], [.. s_anthropic, "OPENAI_API_KEY"]),
        new("aider", [], [.. s_anthropic, "OPENAI_API_KEY", "GEMINI_API_KEY"]),
    ];

    /// <summary>What <paramref name="program"/> needs; nothing for a program that is not known.</summary>
    public static AgentNeeds Of(string program) =>
        Array.Find(s_all, known => known.Program == Path.GetFileName(program)) ?? new AgentNeeds(program, [], []);
}
