using System.CommandLine;
using Postern.Engine.Configuration;

namespace Postern.Program.Commands;

/// <summary><c>postern config generate</c>.</summary>
internal static class ConfigGenerateCommand
{
    public static Command Create()
    {
        var preset = new Option<string>("--preset", "-p")
        {
            Description = "one of " + string.Join(", ", ConfigTemplate.Presets),
            HelpName = "PRESET",
            DefaultValueFactory = static _ => "balanced",
        };
        var output = new Option<string?>("--output", "-o") { Description = "write to this file, which must not exist; else to standard output", HelpName = "FILE" };
        var command = new ExampledCommand("generate", "Writes a configuration with comments.")
        {
            Examples = ["postern config generate --preset strict -o postern.yaml"],
        };
        command.Options.Add(preset);
        command.Options.Add(output);
        command.SetAction(parsed => Generate(parsed.GetValue(preset)!, parsed.GetValue(output)));
        return command;
    }

    /// <summary>The YAML of a preset.</summary>
    /// <exception cref="ConfigException">There is none of that name.</exception>
    public static string PresetOf(string preset)
    {
        if (ConfigTemplate.Generate(preset) is { } yaml)
        {
            return yaml;
        }

        var nearest = Spelling.Nearest(preset, ConfigTemplate.Presets);
        throw new ConfigException($"there is no preset '{Terminal.Plain(preset)}'; " +
            (nearest is null ? "presets are " + string.Join(", ", ConfigTemplate.Presets) : $"did you mean '{nearest}'?"));
    }

    private static int Generate(string preset, string? file)
    {
        var yaml = PresetOf(preset);
        if (file is null)
        {
            Console.Out.Write(yaml);
            return ExitCodes.Ok;
        }

        NewFile.Write(file, yaml);
        Console.Error.WriteLine($"Wrote {file}. Check changes to it with 'postern config check {file}'.");
        return ExitCodes.Ok;
    }
}
