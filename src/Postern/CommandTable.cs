using Postern.Program.Commands;

namespace Postern.Program;

/// <summary>All commands, in the order of the page that <c>postern</c> prints. One line each.</summary>
internal static class CommandTable
{
    public static CommandEntry[] All { get; } =
    [
        new("run", "start the firewall, or run a command behind it", RunCommand.Create),
        new("sandbox", "run a command behind the firewall without another way out", SandboxCommand.Create),
        new("check", "one verdict on a URL, a text or a tool call, explained", CheckCommand.Create),
        new("scan", "secrets in files and folders, or verdicts on JSON lines", ScanCommand.Create),
        new("git", "keep secrets out of commits", GitCommand.Create),
        new("init", "put every agent's host on this machine behind Postern", InitCommand.Create),
        new("integrate", "put one agent's host behind Postern, or out again", IntegrateCommand.Create),
        new("hook", "answer the hooks of an agent's host", HookCommand.Create),
        new("integrity", "whether the files that steer agents are still those you approved", IntegrityCommand.Create),
        new("mcp", "stand in front of an MCP server", McpCommand.Create),
        new("config", "generate, check, explain, compare or import configurations", ConfigCommand.Create),
        new("generate", "files that put an agent behind the firewall: containers, clusters, packet filters", GenerateCommand.Create),
        new("contain", "give an agent a user that reaches the firewall and nothing else", ContainCommand.Create),
        new("approvals", "what waits for a person, and the answers", ApprovalsCommand.Create),
        new("kill", "stop everything that passes, or let it go on", KillCommand.Create),
        new("evidence", "verify, show and prove recorded evidence", EvidenceCommand.Create),
        new("simulate", "attacks on your configuration, and harmless twins of them", SimulateCommand.Create),
        new("audit", "risks in a project; how well a configuration protects", AuditCommand.Create),
        new("assess", "a signed assessment, mapped to frameworks", AssessCommand.Create),
        new("bench", "what judging costs on this machine", BenchCommand.Create),
        new("report", "what the evidence says, for people: HTML, JSON or SARIF", ReportCommand.Create),
        new("abom", "what an agent declares and what it was seen to use, as CycloneDX", AbomCommand.Create),
        new("policy", "what another configuration would have decided", PolicyCommand.Create),
        new("rules", "list, show, test or lint detection rules", RulesCommand.Create),
        new("explain", "a rule, a configuration key or an evidence record, in plain words", ExplainCommand.Create),
        new("tls", "make, show or install the certificate authority", TlsCommand.Create),
        new("keygen", "make the key that signs evidence", KeygenCommand.Create),
        new("canary", "make a value to plant, which refuses when it leaves", CanaryCommand.Create),
        new("doctor", "check that this machine is ready", DoctorCommand.Create),
        new("healthcheck", "ask a running firewall whether it is well", HealthcheckCommand.Create),
        new("verify-install", "compare this installation with what was released", VerifyInstallCommand.Create),
        new("version", "version, runtime and platform", VersionCommand.Create),
    ];

    public static CommandEntry? Find(string name) => Array.Find(All, entry => entry.Name == name);
}
