using System.CommandLine;
using Postern.Program.Hosts;
using Postern.Transports.Hooks;

namespace Postern.Program.Commands;

/// <summary><c>postern hook</c>: answers what an agent's host asks before it acts.</summary>
internal static class HookCommand
{
    private const string Claude = "claude";
    private const string Cursor = "cursor";

    /// <summary>The way that hosts call it, without a command line's start-up: they wait for every answer.</summary>
    public static int? TryRun(string[] args) => args switch
    {
        ["hook", Claude or Cursor] => Run(args[1], null, null),
        ["hook", Claude or Cursor, "--config", var config] => Run(args[1], config, null),
        ["hook", Claude or Cursor, "--home", var home] => Run(args[1], null, home),
        ["hook", Claude or Cursor, "--config", var config, "--home", var home] => Run(args[1], config, home),
        _ => null,
    };

    private static int Run(string host, string? config, string? home) => HookRun.Run(host == Claude ? HookHost.Claude : HookHost.Cursor, config, Home.Find(home));

    public static Command Create()
    {
        var command = new Command("hook", "Reads one event of an agent's host from standard input and answers it in the host's schema.");
        command.Subcommands.Add(Of(Claude, "Answers Claude Code's and VS Code's hooks"));
        command.Subcommands.Add(Of(Cursor, "Answers Cursor's hooks"));
        return command;
    }

    private static ExampledCommand Of(string name, string does)
    {
        var config = StandardOptions.Config();
        var home = StandardOptions.Home();
        var command = new ExampledCommand(name, does + ": nothing when the event is clean, a refusal with its rule when not. Exit code 0; 2, which hosts take for a refusal, when nothing could be judged.")
        {
            Examples = [$"postern hook {name} < event.json"],
        };
        command.Options.Add(config);
        command.Options.Add(home);
        command.SetAction(parsed => Run(name, parsed.GetValue(config), parsed.GetValue(home)));
        return command;
    }
}
