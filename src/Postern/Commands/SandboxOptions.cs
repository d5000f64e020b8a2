using System.CommandLine;
using Postern.Program.Running;
using Postern.Sandbox.Planning;

namespace Postern.Program.Commands;

/// <summary>The options about containment, wherever a command can be contained.</summary>
internal sealed class SandboxOptions
{
    private readonly Option<bool> _strict;
    private readonly Option<bool> _bestEffort;
    private readonly Option<string?> _workspace = new("--workspace") { Description = "the directory that the command may change; else the current one", HelpName = "DIR" };

    /// <summary>Adds them to <paramref name="command"/>; <paramref name="prefix"/> tells apart what would say too little there.</summary>
    public SandboxOptions(Command command, string prefix = "")
    {
        _strict = new($"--{prefix}strict") { Description = "start nothing unless every layer holds: namespaces, Landlock 6, seccomp" };
        _bestEffort = new($"--{prefix}best-effort") { Description = "do with fewer layers, as long as the kernel still holds the network" };
        command.Options.Add(_strict);
        command.Options.Add(_bestEffort);
        command.Options.Add(_workspace);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="ConfigException">Two of them exclude each other.</exception>
    public SandboxWishes Of(ParseResult parsed, string[] environment)
    {
        var (strict, bestEffort) = (parsed.GetValue(_strict), parsed.GetValue(_bestEffort));
        return strict && bestEffort
            ? throw new ConfigException("--strict and --best-effort exclude each other")
            : new SandboxWishes(strict ? SandboxMode.Strict : bestEffort ? SandboxMode.BestEffort : null, parsed.GetValue(_workspace) ?? "", environment) { IsRequired = strict };
    }

    /// <summary>The agent that the command is.</summary>
    public static Option<string?> Agent() => new("--agent")
    {
        Description = "which of agents the command is: it gets that agent's sandbox, and the firewall takes it for that agent",
        HelpName = "NAME",
    };

    /// <summary>The agent's name; empty when none was asked for.</summary>
    /// <exception cref="ConfigException">There is none of that name.</exception>
    public static string AgentOf(LoadedConfig loaded, string? name) =>
        name is null ? ""
        : loaded.Config.Agents.FirstOrDefault(agent => agent.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name
            ?? throw new ConfigException($"--agent {Terminal.Plain(name)}: there is no such agent in agents");

    /// <summary>Variables for the command.</summary>
    public static Option<string[]> Environment() => new("--env")
    {
        Description = "a variable for the command: NAME passes it on even if it looks like a secret, NAME=value sets it",
        HelpName = "NAME[=VALUE]",
        DefaultValueFactory = static _ => [],
    };
}
