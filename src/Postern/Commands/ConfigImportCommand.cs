using System.CommandLine;
using System.Text;
using Postern.Engine.Yaml;
using Postern.Program.Migration;

namespace Postern.Program.Commands;

/// <summary><c>postern config import</c>.</summary>
internal static class ConfigImportCommand
{
    /// <summary>What is said at the end of the file, with the words before it.</summary>
    private static readonly (Fate Fate, string Title)[] s_chapters =
    [
        (Fate.NotExpressible, "There is nothing here that does this; what to do instead:"),
        (Fate.Unknown, "Unknown, and left out:"),
        (Fate.Stricter, "Not in the file, and stricter here than there:"),
        (Fate.NotNeeded, "Not needed, and why:"),
    ];

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "a configuration of Pipelock 2.3" };
        var output = new Option<string?>("--output", "-o") { Description = "write to this file, which must not exist; else to standard output", HelpName = "FILE" };
        var strict = new Option<bool>("--strict") { Description = "exit code 1, and nothing written, when a key is unknown" };
        var json = StandardOptions.Json();
        var command = new ExampledCommand("import", "Writes a Pipelock configuration as one of Postern. Every key is accounted for, in comments or, with --json, as a list without values; what comes out passes 'config check'.")
        {
            Examples = ["postern config import pipelock.yaml -o postern.yaml", "postern config import pipelock.yaml --strict --json"],
        };
        command.Arguments.Add(file);
        command.Options.Add(output);
        command.Options.Add(strict);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(file)!;
            var import = ConfigImport.Of(Read(name));
            if (parsed.GetValue(strict) && import.Fates.Where(static fate => fate.Fate == Fate.Unknown).ToList() is { Count: > 0 } unknown)
            {
                Terminal.Fail(string.Join('\n', unknown.Select(fate => $"{name}:{fate.Line}: {fate.Key}: {fate.Why}")));
                return ExitCodes.Finding;
            }

            Print(import, Path.GetFileName(name), (parsed.GetValue(output), parsed.GetValue(json)));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static YamlNode Read(string file)
    {
        try
        {
            var read = YamlReader.Read(File.ReadAllText(file));
            return read is { Root: { Kind: YamlKind.Mapping } root, Faults.Count: 0 } ? root : throw new ConfigException(read.Faults.Count == 0
                ? $"{file}: there are no keys in it"
                : string.Join('\n', read.Faults.Select(fault => $"{file}:{fault.Line}:{fault.Column}: {fault.Message}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{file}: cannot be read: {e.Message}");
        }
    }

    private static void Print(ConfigImport import, string name, (string? File, bool AsJson) to)
    {
        var text = TextOf(import, name);
        if (to.File is { } file)
        {
            NewFile.Write(file, text, isPrivate: true);
            Console.Error.WriteLine($"Wrote {file}. {Counts(import)}");
        }

        if (to.AsJson)
        {
            Json.PrintArray(import.Fates, static (writer, fate) =>
            {
                writer.WriteString("key", fate.Key);
                writer.WriteNumber("line", fate.Line);
                writer.WriteString("fate", fate.Word);
                writer.WriteString("to", fate.To);
                writer.WriteString("why", fate.Why);
            });
        }
        else if (to.File is null)
        {
            Console.Out.Write(text);
        }
    }

    private static string TextOf(ConfigImport import, string name)
    {
        var text = new StringBuilder();
        DraftText.Comment(text, "", $"Made of {Terminal.Plain(name)} by 'postern config import', Postern {Product.Version}. {Counts(import)} docs/migration.md says what differs whatever a file says.");
        text.Append(DraftText.Of(import.Draft));
        foreach (var (fate, title) in s_chapters)
        {
            var keys = import.Fates.Where(one => one.Fate == fate).ToList();
            if (keys.Count > 0)
            {
                text.Append('\n');
                DraftText.Comment(text, "", title);
                keys.ForEach(key => DraftText.Comment(text, "", $"* {key.Key}{(key.Line > 0 ? $" (line {key.Line})" : "")}: {key.Why}"));
            }
        }

        return text.ToString();
    }

    private static string Counts(ConfigImport import) =>
        string.Join(", ", import.Fates.CountBy(static fate => fate.Word).Select(static pair => $"{pair.Value} {pair.Key}")) + ".";
}
