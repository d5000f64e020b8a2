using System.CommandLine;
using Postern.Engine.Configuration;

namespace Postern.Program.Commands;

/// <summary><c>postern config explain</c>.</summary>
internal static class ConfigExplainCommand
{
    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "a full key such as fetch_proxy.listen, or dlp.patterns[].regex" };
        var config = StandardOptions.Config();
        var json = StandardOptions.Json();
        var command = new ExampledCommand("explain", "Says what a key means, what it accepts, its default, and the value in force.")
        {
            Examples = ["postern config explain fetch_proxy.listen"],
        };
        command.Arguments.Add(key);
        command.Options.Add(config);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var typed = parsed.GetValue(key)!;
            var loaded = ConfigFile.Find(parsed.GetValue(config)) is { } file ? ConfigFile.Read(file) : null;
            if (ConfigExplain.Find(typed, loaded) is not { } explanation)
            {
                var hint = ConfigExplain.Suggest(typed);
                throw new ConfigException($"there is no key '{Terminal.Plain(typed)}'" + (hint is null ? "" : "; " + hint));
            }

            Print(explanation, parsed.GetValue(json));
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>Prints what is known about a key.</summary>
    public static void Print(ConfigExplanation explanation, bool asJson)
    {
        if (!asJson)
        {
            Console.Out.WriteLine(explanation);
            return;
        }

        Json.PrintObject(writer =>
        {
            writer.WriteString("key", explanation.Key);
            writer.WriteString("meaning", explanation.Meaning);
            writer.WriteString("type", explanation.Type);
            writer.WriteString("unit", explanation.Unit);
            writer.WriteString("range", explanation.Range);
            writer.WriteString("default", explanation.Default);
            writer.WriteString("value", explanation.Value);
            writer.WriteString("source", explanation.Source);
            writer.WriteString("example", explanation.Example);
            writer.WriteString("weakening", explanation.Weakening);
            writer.WriteBoolean("needs_restart", explanation.NeedsRestart);
        });
    }
}
