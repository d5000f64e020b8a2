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
        ["hook", Claude] => HookRun.Run(HookHost.Claude, null, Home.Find(null)),
        ["hook", Cursor] => HookRun.Run(HookHost.Cursor, null, Home.Find(null)),
        _ => null,
    };

    public static Command Create()
    {
        var command = new Command("hook", "Reads one event of an agent's host from standard input and answers it in the host's schema.");
        command.Subcommands.Add(Of(Claude, HookHost.Claude, "Answers Claude Code's and VS Code's hooks"));
        command.Subcommands.Add(Of(Cursor, HookHost.Cursor, "Answers Cursor's hooks"));
        return command;
    }

    private static ExampledCommand Of(string name, HookHost host, string does)
    {
        var config = StandardOptions.Config();
        var home = StandardOptions.Home();
        var command = new ExampledCommand(name, does + ": nothing when the event is clean, a refusal with its rule when not. Exit code 0; 2, which hosts take for a refusal, when nothing could be judged.")
        {
            Examples = [$"postern hook {name} < event.json"],
        };
        command.Options.Add(config);
        command.Options.Add(home);
        command.SetAction(parsed => HookRun.Run(host, parsed.GetValue(config), Home.Find(parsed.GetValue(home))));
        return command;
    }
}
