using System.CommandLine;
using System.Security.Cryptography;

namespace Postern.Program.Commands;

/// <summary><c>postern canary</c>.</summary>
internal static class CanaryCommand
{
    /// <summary>120 random bits in letters and digits: nobody else has it, and no rule takes it for a credential.</summary>
    private const int RandomCharacters = 24;

    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    private const string Prefix = "ptrn_";

    public static Command Create()
    {
        var name = new Option<string>("--name") { Description = "What a finding is called: secret.canary.NAME. Say where you plant it.", DefaultValueFactory = static _ => "planted" };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("canary", "Makes a value to plant where only a thief looks, and the configuration that refuses when it leaves.")
        {
            Examples = ["postern canary --name backup-notes >> postern.yaml"],
        };
        command.Options.Add(name);
        command.Options.Add(json);
        command.SetAction(parsed => Make(parsed.GetValue(name)!, parsed.GetValue(json)));
        return command;
    }

    private static int Make(string name, bool asJson)
    {
        if (name.Length is 0 or > 64 || !name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
        {
            Terminal.Fail("a name has 1 to 64 lower-case letters, digits, hyphens and underscores");
            return ExitCodes.Usage;
        }

        var value = Prefix + RandomNumberGenerator.GetString(Alphabet, RandomCharacters);
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteString("name", name);
                writer.WriteString("value", value);
                writer.WriteString("rule", "secret.canary." + name);
            });
            return ExitCodes.Ok;
        }

        Console.Out.WriteLine($"canary_tokens:\n  enabled: true\n  tokens:\n    - name: {name}\n      value: {value}");
        Console.Error.WriteLine("Plant the value where no honest reader needs it: a file of old passwords, a variable, a note in a wiki. Add the lines above to the configuration.");
        return ExitCodes.Ok;
    }
}
