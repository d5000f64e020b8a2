using System.CommandLine;
using Postern.Engine.Configuration;
using Postern.Program.Generating;

namespace Postern.Program.Commands;

/// <summary><c>postern generate</c>.</summary>
internal static class GenerateCommand
{
    private static readonly DeploymentValues s_usual = new() { Config = "" };

    public static Command Create()
    {
        var command = new ExampledCommand("generate", "Writes what puts an agent behind the firewall and leaves it no other way out.");
        foreach (var kind in DeploymentKind.All)
        {
            command.Subcommands.Add(Create(kind));
        }

        return command;
    }

    private static ExampledCommand Create(DeploymentKind kind)
    {
        var command = new ExampledCommand(kind.Name, kind.Summary) { Examples = [$"postern generate {kind.Name} -o deploy"] };
        var preset = Text("--preset", "PRESET", "the firewall's configuration: one of " + string.Join(", ", ConfigTemplate.Presets), "balanced");
        var name = Text("--name", "NAME", "what the deployment is called", s_usual.Name);
        var image = Text("--image", "IMAGE", "the firewall's image", s_usual.Image);
        var agentImage = Text("--agent-image", "IMAGE", "the agent's image", s_usual.AgentImage);
        var user = Text("--agent-user", "USER", "the user that the agent runs as", s_usual.AgentUser);
        var port = new Option<int>("--port") { Description = "the firewall's port on 127.0.0.1", HelpName = "PORT", DefaultValueFactory = static _ => s_usual.Port };
        var output = new Option<string?>("--output", "-o") { Description = "write into this folder, over nothing; else to standard output", HelpName = "DIR" };
        Option[] filled = kind.Files.Any(static file => file.Path.EndsWith("aml", StringComparison.Ordinal)) ? [preset, name, image, agentImage] : [user, port];
        foreach (var option in filled.Append(output))
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var values = filled.Length == 2
                ? s_usual with { AgentUser = DeploymentWord.User(parsed.GetValue(user)!), Port = PortOf(parsed.GetValue(port)) }
                : s_usual with
                {
                    Config = ConfigGenerateCommand.PresetOf(parsed.GetValue(preset)!),
                    Name = DeploymentWord.Name(parsed.GetValue(name)!),
                    Image = DeploymentWord.Image(parsed.GetValue(image)!),
                    AgentImage = DeploymentWord.Image(parsed.GetValue(agentImage)!),
                };
            return Write([.. kind.Files.Select(file => (file.Path, file.Render(values)))], parsed.GetValue(output));
        });
        return command;
    }

    private static Option<string> Text(string name, string help, string description, string usual) =>
        new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => usual };

    /// <summary>A port, looked at.</summary>
    public static int PortOf(int port) => port is > 0 and <= ushort.MaxValue ? port : throw new ConfigException("a port is a number from 1 to 65535");

    private static int Write((string Path, string Text)[] files, string? folder)
    {
        if (folder is null)
        {
            foreach (var (path, text) in files)
            {
                Console.Out.Write(files.Length == 1 ? text : $"# ---- {path}\n{text}");
            }

            return ExitCodes.Ok;
        }

        if (Array.Find(files, file => Path.Exists(Path.Combine(folder, file.Path))) is { Path: { } taken })
        {
            throw new ConfigException($"{Path.Combine(folder, taken)} exists already; nothing was written");
        }

        foreach (var (path, text) in files)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            NewFile.Write(full, text);
            Console.Out.WriteLine(full);
        }

        return ExitCodes.Ok;
    }
}
