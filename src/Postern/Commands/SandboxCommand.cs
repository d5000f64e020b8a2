using System.CommandLine;
using Postern.Program.Running;
using Postern.Sandbox;
using Postern.Sandbox.Kernel;
using Postern.Sandbox.Planning;

namespace Postern.Program.Commands;

/// <summary><c>postern sandbox</c>: a contained command, or none.</summary>
internal static class SandboxCommand
{
    public static Command Create()
    {
        var config = StandardOptions.Config();
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var environment = SandboxOptions.Environment();
        var agent = SandboxOptions.Agent();
        var dryRun = new Option<bool>("--dry-run") { Description = "start nothing; say which layers hold here and what the command could reach. Exit code 1 when a layer is missing" };
        var command = new Argument<string[]>("command") { Description = "the command (write -- before it)", Arity = ArgumentArity.OneOrMore };
        var sandbox = new ExampledCommand(
            "sandbox",
            "Runs a command behind the firewall without another way out: like 'run -- CMD', but never uncontained. Returns the command's exit code, 125 when it was not started.")
        {
            Examples = ["postern sandbox -- claude", "postern sandbox --dry-run -- npm test", "postern sandbox --strict --workspace ~/src/app -- bash"],
        };
        foreach (var option in (Option[])[config, home, json, environment, agent, dryRun])
        {
            sandbox.Options.Add(option);
        }

        var options = new SandboxOptions(sandbox);
        sandbox.Arguments.Add(command);
        sandbox.SetAction((parsed, cancel) =>
        {
            var loaded = RunCommand.Load(parsed.GetValue(config));
            var name = SandboxOptions.AgentOf(loaded, parsed.GetValue(agent));
            var wishes = options.Of(parsed, parsed.GetValue(environment) ?? []) with { IsRequired = true, Agent = name };
            var choice = new RunChoice(loaded, null, Home.Find(parsed.GetValue(home)), parsed.GetValue(command) ?? []) { Agent = name, Sandbox = wishes };
            return parsed.GetValue(dryRun) ? Task.FromResult(Explain(choice, wishes, parsed.GetValue(json))) : RunCommand.RunAsync(choice, cancel);
        });
        return sandbox;
    }

    private static int Explain(RunChoice choice, SandboxWishes wishes, bool asJson)
    {
        try
        {
            var request = SandboxRequests.Of(choice.Loaded, choice.Home, wishes, choice.Command);
            var plan = SandboxPlanner.Plan(request, KernelProbe.Look());
            SandboxReport.Print(plan, CommandEnvironment.Of(Environment.GetEnvironmentVariables(), choice.Command, [.. SandboxRequests.SectionOf(choice.Loaded, choice.Agent).Environment, .. wishes.Environment]), asJson);
            return plan.Layers.All(static layer => layer.Holds) ? ExitCodes.Ok : ExitCodes.Finding;
        }
        catch (ContainmentException refused)
        {
            Terminal.Fail(refused.Message);
            return ExitCodes.Finding;
        }
    }
}
