using System.CommandLine;
using Postern.Program.Scanning;
using Postern.Program.Scanning.Files;

namespace Postern.Program.Commands;

/// <summary><c>postern scan</c>: verdicts in bulk, on lines from standard input or on files.</summary>
internal static class ScanCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "files and folders to scan; - for a text on standard input", Arity = ArgumentArity.ZeroOrMore };
        var kind = Kind();
        var jsonl = new Option<bool>("--jsonl") { Description = "one JSON object per line, in and out; what happens without a PATH" };
        var ignored = new Option<bool>("--no-gitignore") { Description = "scan also what git ignores" };
        var options = new ScanOptions();
        var command = new ExampledCommand(
            "scan",
            "With PATH: looks for secrets in files and folders; exit code 1 when something would be refused, 2 when something could not be scanned. "
            + "Without: reads {\"id\",\"text\"}, {\"id\",\"url\"} or {\"id\",\"tool\",\"arguments\"} per line from standard input and prints one verdict per line, in the same order; "
            + "exit code 0, or 2 when a line could not be read. Nothing is sent and no name is resolved.")
        {
            Examples = ["postern scan .", "postern scan --sarif src > postern.sarif", "postern scan --kind dlp,injection --jsonl < texts.jsonl"],
        };
        command.Arguments.Add(paths);
        command.Options.Add(kind);
        command.Options.Add(jsonl);
        command.Options.Add(ignored);
        options.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var kinds = KindsOf(parsed.GetValue(kind) ?? []);
            if (parsed.GetValue(paths) is not { Length: > 0 } named)
            {
                return options.AreUsed(parsed) || parsed.GetValue(ignored)
                    ? throw new ConfigException("name a PATH: that option is for scanning files, and without a PATH lines are read")
                    : LinesAsync(new BatchRun(options.PolicyOf(parsed), kinds), cancel);
            }

            return parsed.GetValue(jsonl)
                ? throw new ConfigException("--jsonl is for lines on standard input, without a PATH")
                : FilesAsync(named, new FileScan(options.FilePolicyOf(parsed), ScanOptions.FileKinds(kinds)));

            async Task<int> FilesAsync(string[] named, FileScan scan)
            {
                var report = named is ["-"]
                    ? await scan.RunAsync([new SourceText("stdin", ReadInput())], cancel).ConfigureAwait(false)
                    : await scan.RunAsync(new FileList(parsed.GetValue(ignored)).Of(named), cancel).ConfigureAwait(false);
                return options.Conclude(parsed, report);
            }
        });
        return command;
    }

    /// <summary>Everything on standard input.</summary>
    /// <exception cref="ConfigException">It is longer than a file may be.</exception>
    public static byte[] ReadInput()
    {
        using var input = Console.OpenStandardInput();
        using var text = new MemoryStream();
        var piece = new byte[64 * 1024];
        for (int read; (read = input.Read(piece)) > 0;)
        {
            text.Write(piece, 0, read);
            if (text.Length > FileScan.MaxFileBytes)
            {
                throw new ConfigException($"standard input is longer than {FileScan.MaxFileBytes} bytes");
            }
        }

        return text.ToArray();
    }

    public static Option<string[]> Kind() => new("--kind")
    {
        Description = "what to look for, separated by commas: url, dlp, injection, tool_call (default: lines all, files dlp)",
        HelpName = "KINDS",
        DefaultValueFactory = static _ => [],
    };

    public static BatchKinds KindsOf(string[] lists)
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

    private static async Task<int> LinesAsync(BatchRun run, CancellationToken cancel)
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        await run.RunAsync(input, output, cancel).ConfigureAwait(false);
        return run.Faults == 0 ? ExitCodes.Ok : ExitCodes.Usage;
    }
}
