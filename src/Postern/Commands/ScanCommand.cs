using System.CommandLine;
using Postern.Program.Scanning;

namespace Postern.Program.Commands;

/// <summary><c>postern scan</c>: verdicts in bulk.</summary>
internal static class ScanCommand
{
    public static Command Create()
    {
        var kind = new Option<string[]>("--kind")
        {
            Description = "what to look for, separated by commas: url, dlp, injection, tool_call (default all)",
            HelpName = "KINDS",
            DefaultValueFactory = static _ => [],
        };
        var jsonl = new Option<bool>("--jsonl") { Description = "one JSON object per line, in and out; the only format, so it may be left out" };
        var config = StandardOptions.Config();
        var command = new ExampledCommand(
            "scan",
            "Reads {\"id\",\"text\"}, {\"id\",\"url\"} or {\"id\",\"tool\",\"arguments\"} per line from standard input and prints one verdict per line, in the same order. "
            + "Nothing is sent and no name is resolved. Exit code 0, or 2 when a line could not be read.")
        {
            Examples = ["postern scan --kind dlp,injection --jsonl < texts.jsonl"],
        };
        command.Options.Add(kind);
        command.Options.Add(jsonl);
        command.Options.Add(config);
        command.SetAction(async (parsed, cancel) =>
        {
            var run = new BatchRun(StandardOptions.PolicyOf(parsed, config), KindsOf(parsed.GetValue(kind) ?? []));
            using var input = Console.OpenStandardInput();
            using var output = Console.OpenStandardOutput();
            await run.RunAsync(input, output, cancel).ConfigureAwait(false);
            return run.Faults == 0 ? ExitCodes.Ok : ExitCodes.Usage;
        });
        return command;
    }

    private static BatchKinds KindsOf(string[] lists)
    {
        var kinds = BatchKinds.None;
        foreach (var name in lists.SelectMany(static list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            kinds |= name switch
            {
                "url" => BatchKinds.Url,
                "dlp" => BatchKinds.Dlp,
                "injection" => BatchKinds.Injection,
                "tool_call" => BatchKinds.ToolCall,
                _ => throw new ConfigException($"there is no kind '{Terminal.Plain(name)}'; kinds are url, dlp, injection and tool_call"),
            };
        }

        return kinds == BatchKinds.None ? BatchKinds.All : kinds;
    }
}
