using System.CommandLine;
using Postern.Engine.Configuration;
using Postern.Program.Containing;
using Postern.Program.Generating;

namespace Postern.Program.Commands;

/// <summary><c>postern contain</c>.</summary>
internal static class ContainCommand
{
    private static readonly string s_program = Environment.ProcessPath!;

    public static Command Create()
    {
        var command = new ExampledCommand("contain", "Gives an agent a user of its own whose packets reach the firewall and nothing else (Linux, as root).");
        command.Subcommands.Add(Install());
        command.Subcommands.Add(Changing("rollback", "Takes back everything that was installed; evidence and an edited configuration stay.", null, Rollback));
        command.Subcommands.Add(Verify());
        command.Subcommands.Add(Changing("add-tool", "Lets the operator start a program as the agent: 'contained-NAME'.", "TOOL",
            static (plan, session, tool) => session.Do(plan.AddTool(Pin.Of(tool)))));
        command.Subcommands.Add(Changing("grant-workspace", "Lets the agent read and write a folder.", "DIR", static (plan, session, folder) => session.Do(plan.Grant(Workspace(folder)))));
        command.Subcommands.Add(Changing("revoke-workspace", "Takes a folder away from the agent again.", "DIR",
            static (plan, session, folder) => session.Undo(plan.Grant(Workspace(folder)))));
        return command;
    }

    private static ExampledCommand Install()
    {
        var operatorUser = User("--operator", "who starts tools as the agent; else who called sudo", Environment.GetEnvironmentVariable("SUDO_USER") ?? "root");
        var proxy = User("--proxy-user", "who runs the firewall; made when missing", "postern-proxy");
        var agent = User("--agent-user", "who runs the agent; made when missing", "postern-agent");
        var preset = User("--preset", "the configuration to begin with", "balanced");
        var port = new Option<int>("--port") { Description = "the firewall's port on 127.0.0.1", HelpName = "PORT", DefaultValueFactory = static _ => 8888 };
        var (root, dry) = (Root(), Dry());
        var command = new ExampledCommand("install", "Makes users, rules, units and launcher; a failure takes everything back.") { Examples = ["sudo postern contain install --dry-run"] };
        foreach (var option in new Option[] { operatorUser, proxy, agent, preset, port, root, dry })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string Word(Option<string> option) => DeploymentWord.User(parsed.GetValue(option)!);
            var choices = new ContainChoices(Word(operatorUser), Word(proxy), Word(agent))
            {
                Port = GenerateCommand.PortOf(parsed.GetValue(port)),
                Preset = parsed.GetValue(preset)!,
                Root = RootOf(parsed.GetValue(root)),
            };
            ConfigGenerateCommand.PresetOf(choices.Preset);
            if (Path.GetFileName(s_program) != "postern")
            {
                throw new ConfigException($"a unit can start 'postern' only, and this is {s_program}");
            }

            if (new[] { choices.Operator, choices.Proxy, choices.Agent }.Distinct().Count() < 3 || choices.Agent == "root" || choices.Proxy == "root")
            {
                throw new ConfigException("operator, proxy and agent are three users, and neither proxy nor agent is root");
            }

            var record = File.Exists(choices.Record) ? ContainRecord.Load(choices.Root) : new ContainRecord(choices);
            return record.Choices != choices
                ? throw new ConfigException("something else is installed already; run 'postern contain rollback' first")
                : new ContainSession(record, parsed.GetValue(dry)).Do(new HostPlan(choices).Install(s_program));
        });
        return command;
    }

    private static ExampledCommand Verify()
    {
        var (root, json) = (Root(), StandardOptions.Json());
        var command = new ExampledCommand("verify", "Looks whether every step still holds, and tries as the agent what must not work. Exit code 1 when something is open.") { Examples = ["sudo postern contain verify"] };
        command.Options.Add(root);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            ContainSession.NeedRoot();
            var record = ContainRecord.Load(RootOf(parsed.GetValue(root)));
            var steps = new HostPlan(record.Choices).Install(s_program).Where(static step => step.Name != "program").Concat(Invariants.Of(record.Choices, s_program));
            var looks = steps.Select(static step => (step.Name, Fault: step.Check.Fault())).ToArray();
            if (parsed.GetValue(json))
            {
                Json.PrintArray(looks, static (writer, look) =>
                {
                    writer.WriteString("name", look.Name);
                    writer.WriteBoolean("holds", look.Fault is null);
                    writer.WriteString("fault", look.Fault);
                });
            }
            else
            {
                foreach (var (name, fault) in looks)
                {
                    Console.Out.WriteLine(fault is null ? $"{Terminal.Green("holds")}  {name}" : $"{Terminal.Red("OPEN")}   {name}: {fault}");
                }
            }

            return looks.All(static look => look.Fault is null) ? ExitCodes.Ok : ExitCodes.Finding;
        });
        return command;
    }

    private static ExampledCommand Changing(string name, string description, string? subject, Func<HostPlan, ContainSession, string, int> change)
    {
        var argument = new Argument<string>(subject ?? "NOTHING");
        var (root, dry) = (Root(), Dry());
        var command = new ExampledCommand(name, description) { Examples = [$"sudo postern contain {name}{(subject is null ? "" : subject == "DIR" ? " /srv/work" : " /usr/bin/node")}"] };
        if (subject is not null)
        {
            command.Arguments.Add(argument);
        }

        command.Options.Add(root);
        command.Options.Add(dry);
        command.SetAction(parsed =>
        {
            var record = ContainRecord.Load(RootOf(parsed.GetValue(root)));
            return change(new HostPlan(record.Choices), new ContainSession(record, parsed.GetValue(dry)), subject is null ? "" : parsed.GetValue(argument)!);
        });
        return command;
    }

    private static int Rollback(HostPlan plan, ContainSession session, string nothing) => session.Undo(
        [.. plan.Install(s_program), .. session.Named("tool:").SelectMany(name => plan.AddTool(new Pin(name, name, ""))), .. session.Named("workspace:").SelectMany(plan.Grant)]);

    private static string Workspace(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return !Directory.Exists(full) ? throw new ConfigException($"{Terminal.Plain(full)} is no folder")
            : full.Contains('\n', StringComparison.Ordinal) || full.Split('/') is not [_, not ("etc" or "usr" or "boot" or "dev" or "proc" or "sys" or "run" or "root" or "bin" or "sbin" or "lib"), _, ..]
                ? throw new ConfigException("a workspace is a folder of its own, within another one, and not the system's")
                : full;
    }

    private static Option<string> User(string name, string description, string usual) => new(name) { Description = description, HelpName = "NAME", DefaultValueFactory = _ => usual };

    private static Option<string> Root() => new("--root") { Description = "put files below this folder and start no unit", HelpName = "DIR", DefaultValueFactory = static _ => "" };

    private static Option<bool> Dry() => new("--dry-run") { Description = "print what would be run, and run nothing" };

    private static string RootOf(string? root) => string.IsNullOrEmpty(root) ? "" : Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
}
