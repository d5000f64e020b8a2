using System.CommandLine;
using Postern.Engine.Configuration;
using Postern.Program.Posture;

namespace Postern.Program.Commands;

/// <summary><c>postern audit</c>: what in a project endangers agents.</summary>
internal static class AuditCommand
{
    private const string ListKey = "api_allowlist:\n";

    public static Command Create()
    {
        var project = new Argument<DirectoryInfo>("DIR") { Description = "the project", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = static _ => new DirectoryInfo(".") };
        var config = StandardOptions.Config();
        var json = StandardOptions.Json();
        var output = new Option<string?>("--output", "-o") { Description = "write a configuration for this project to a new file", HelpName = "FILE" };
        var command = new ExampledCommand(
            "audit",
            "Looks at what agents read, run and obey in a project: MCP servers, hooks, instructions, dotenv files, install scripts, containers. Exit code 1 when there is a risk.")
        {
            Examples = ["postern audit .", "postern audit . --json", "postern audit score"],
        };
        command.Subcommands.Add(AuditScoreCommand.Create());
        command.Arguments.Add(project);
        command.Options.Add(config);
        command.Options.Add(output);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            var folder = parsed.GetValue(project)!;
            if (!folder.Exists)
            {
                throw new ConfigException($"{Terminal.Plain(folder.Name)}: there is no such directory");
            }

            var audit = new ProjectAudit(folder.FullName, StandardOptions.PolicyOf(parsed, config));
            var risks = await audit.RunAsync(cancel).ConfigureAwait(false);
            if (parsed.GetValue(output) is { } file)
            {
                NewFile.Write(file, Tailored(audit));
            }

            Print(risks, audit.Preset, parsed.GetValue(json));
            return risks.Count > 0 ? ExitCodes.Finding : ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>The preset, with the hosts of the project's servers on its list.</summary>
    private static string Tailored(ProjectAudit audit)
    {
        var preset = ConfigTemplate.Generate(audit.Preset)!;
        var entries = string.Concat(audit.Hosts.Select(static host => $"  - \"{host}\"\n"));
        return preset.Replace(ListKey, ListKey + entries, StringComparison.Ordinal);
    }

    private static void Print(IReadOnlyList<ProjectRisk> risks, string preset, bool asJson)
    {
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteString("preset", preset);
                writer.WriteArray("risks", risks, static (item, risk) =>
                {
                    item.WriteString("id", risk.Id);
                    item.WriteString("severity", risk.Severity);
                    item.WriteString("where", risk.Where);
                    item.WriteString("detail", risk.Detail);
                });
            });
            return;
        }

        foreach (var risk in risks)
        {
            Console.Out.WriteLine($"{(risk.Severity == "high" ? Terminal.Red("high  ") : Terminal.Yellow("medium"))}  {risk.Where}: {Terminal.Plain(risk.Detail)}");
        }

        Console.Out.WriteLine($"{risks.Count} risks; the preset that suits it is {preset}");
    }
}
