using System.CommandLine;
using Postern.Program.Hosts;

namespace Postern.Program.Commands;

/// <summary><c>postern integrate</c>: one host's servers and hooks behind Postern, or out again.</summary>
internal static class IntegrateCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("host") { Description = string.Join(", ", HostTable.All.Select(static host => host.Name)) };
        var remove = new Option<bool>("--remove") { Description = "put everything back as it was" };
        var options = new HostOptions();
        var command = new ExampledCommand(
            "integrate",
            "Puts the MCP servers of an agent's host behind 'postern mcp proxy', and Postern among its hooks. Only what has to change is edited; doing it again does nothing. "
            + "Exit code 1 when something of it stays outside.")
        {
            Examples = ["postern integrate claude-code", "postern integrate cursor --dry-run", "postern integrate codex --remove"],
        };
        command.Arguments.Add(name);
        command.Options.Add(remove);
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var typed = parsed.GetValue(name)!;
            var host = HostTable.Find(typed) ?? throw new ConfigException(
                $"there is no host '{Terminal.Plain(typed)}'; known: " + string.Join(", ", HostTable.All.Select(static host => host.Name)));
            var report = new HostsReport(parsed.GetValue(options.DryRun)) { IsRemoval = parsed.GetValue(remove) };
            options.Run(parsed, [host], report);
            report.Print(parsed.GetValue(options.AsJson));
            return report.IsWell ? ExitCodes.Ok : ExitCodes.Finding;
        });
        return command;
    }
}
