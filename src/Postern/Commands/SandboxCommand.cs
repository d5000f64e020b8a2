using System.CommandLine;
using Postern.Program.Running;
using Postern.Sandbox;
using Postern.Sandbox.Kernel;
using Postern.Sandbox.Planning;
using Postern.Sandbox.Planning.Elsewhere;

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
        var platform = new Option<string>("--platform") { Description = "with --dry-run: what would be done on macos (a profile for sandbox-exec) or windows (steps), as text that was never run there", HelpName = "SYSTEM", DefaultValueFactory = static _ => "linux" };
        platform.AcceptOnlyFromAmong("linux", "macos", "windows");
        var command = new Argument<string[]>("command") { Description = "the command (write -- before it)", Arity = ArgumentArity.OneOrMore };
        var sandbox = new ExampledCommand(
            "sandbox",
            "Runs a command behind the firewall without another way out: like 'run -- CMD', but never uncontained. Returns the command's exit code, 125 when it was not started.")
        {
            Examples = ["postern sandbox -- claude", "postern sandbox --dry-run -- npm test", "postern sandbox --dry-run --platform macos -- claude", "postern sandbox --strict --workspace ~/src/app -- bash"],
        };
        foreach (var option in (Option[])[config, home, json, environment, agent, dryRun, platform])
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
            var system = parsed.GetValue(platform)!;
            return (system, parsed.GetValue(dryRun)) switch
            {
                ("linux", true) => Task.FromResult(Explain(choice, wishes, parsed.GetValue(json))),
                (_, true) => Task.FromResult(Show(choice, wishes, system, parsed.GetValue(json))),
                ("linux", false) => RunCommand.RunAsync(choice, cancel),
                _ => throw new ConfigException("--platform belongs to --dry-run: what it writes was never run"),
            };
        });
        return sandbox;
    }

    private static int Show(RunChoice choice, SandboxWishes wishes, string system, bool asJson)
    {
        try
        {
            var request = SandboxRequests.Of(choice.Loaded, choice.Home, wishes, choice.Command);
            var plan = system == "macos"
                ? MacProfile.Of(request, SandboxPlanner.DoorPort)
                : string.Concat(WindowsPlan.Of(request, SandboxPlanner.DoorPort).Select(static (step, at) => $"{at + 1,2}. {step.Call}: {step.With}\n    {step.Why}\n"));
            SandboxReport.PrintElsewhere(system, plan, asJson);
            return ExitCodes.Ok;
        }
        catch (ContainmentException refused)
        {
            Terminal.Fail(refused.Message);
            return ExitCodes.Finding;
        }
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
