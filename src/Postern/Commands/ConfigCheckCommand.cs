using System.CommandLine;
using Postern.Engine.Configuration;

namespace Postern.Program.Commands;

/// <summary><c>postern config check</c>.</summary>
internal static class ConfigCheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "the file; else the one that 'run' would take", Arity = ArgumentArity.ZeroOrOne };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("check", "Reads a configuration strictly and prints every error and warning. Exit code 2 when it is wrong.")
        {
            Examples = ["postern config check postern.yaml"],
        };
        command.Arguments.Add(file);
        command.Options.Add(json);
        command.SetAction(parsed => Check(ConfigFile.Find(parsed.GetValue(file)), parsed.GetValue(json)));
        return command;
    }

    private static int Check(string? path, bool asJson)
    {
        LoadedConfig? loaded = null;
        string[] errors = [];
        try
        {
            loaded = ConfigFile.Load(path);
        }
        catch (ConfigException wrong)
        {
            errors = wrong.Message.Split('\n');
        }

        var warnings = loaded?.Warnings ?? [];
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteBoolean("ok", loaded is not null);
                writer.WriteString("file", path);
                writer.WriteString("hash", loaded?.Hash);
                writer.WriteTexts("errors", errors);
                writer.WriteTexts("warnings", warnings.Select(static warning => warning.ToString()));
            });
        }
        else
        {
            foreach (var error in errors)
            {
                Console.Out.WriteLine($"{Terminal.Red("error")} {error}");
            }

            foreach (var warning in warnings)
            {
                Console.Out.WriteLine($"{Terminal.Yellow("warning")} {warning}");
            }

            Console.Out.WriteLine(loaded is null ? "The configuration cannot be used." : $"{path ?? "The defaults (there is no file)"}: ok, mode {Mode(loaded)}, hash {loaded.Hash}");
        }

        return loaded is null ? ExitCodes.Usage : ExitCodes.Ok;
    }

    private static string Mode(LoadedConfig loaded) =>
        loaded.Policy.Mode.ToString().ToLowerInvariant() + (loaded.Policy.Enforce ? "" : ", observing only");
}
