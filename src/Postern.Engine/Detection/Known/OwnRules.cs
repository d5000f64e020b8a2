namespace Postern.Engine.Detection.Known;

/// <summary>Rules about values that are known in advance: the operator's own secrets, and canaries.</summary>
internal static class OwnRules
{
    private const string CanaryId = "secret.canary";

    /// <summary>A value of the environment in which Postern runs.</summary>
    public static readonly Rule Environment = Own(
        "secret.own.environment",
        "Secret of the environment",
        "Send it only in a credential header to its own service; a service that no rule knows goes into api_allowlist.");

    /// <summary>A line of <c>dlp.secrets_file</c>.</summary>
    public static readonly Rule File = Own(
        "secret.own.file",
        "Secret of the secrets file",
        "Remove the value, or take its line out of dlp.secrets_file.");

    /// <summary>A canary without its name.</summary>
    public static readonly Rule Canary = Planted(CanaryId, "Canary token");

    /// <summary>All of them.</summary>
    public static IEnumerable<Rule> All => [Environment, File, Canary];

    /// <summary>The rule of one canary, which carries its name: whoever reads the refusal has to know what was opened.</summary>
    public static Rule CanaryNamed(string name) =>
        Planted($"{CanaryId}.{name.ToLowerInvariant()}", $"Canary token ({name})");

    /// <summary>True for a rule about the operator's own secrets.</summary>
    public static bool IsOwn(Rule rule) => rule.Id == Environment.Id || rule.Id == File.Id;

    private static Rule Own(string id, string title, string remedy) =>
        new(id, title, RuleCategory.Secret, Severity.Critical, Confidence.Certain, remedy);

    // Nothing legitimate ever sends a canary, so no configuration may let it pass.
    private static Rule Planted(string id, string title) => new(
        id,
        title,
        RuleCategory.Secret,
        Severity.Critical,
        Confidence.Certain,
        "Stop the agent: it read what was planted for nobody to read. Find out what told it to.",
        Core: true);
}
