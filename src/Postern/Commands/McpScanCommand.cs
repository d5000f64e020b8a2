using System.CommandLine;
using Postern.Engine.Policy;
using Postern.Program.Judging;
using Postern.Program.Scanning;

namespace Postern.Program.Commands;

/// <summary><c>postern mcp scan</c>: a recorded session, judged line by line.</summary>
internal static class McpScanCommand
{
    public static Command Create()
    {
        var config = StandardOptions.Config();
        var json = StandardOptions.Json();
        var command = new ExampledCommand(
            "scan",
            "Reads JSON-RPC messages of both sides, one per line, from standard input and reports what a proxy between them would have done. "
            + "Tool lists are compared with each other as in one session. Nothing is sent or pinned. Exit code 1 when something would be refused.")
        {
            Examples = ["postern mcp scan < session.jsonl", "some-server < requests.jsonl | postern mcp scan"],
        };
        command.Options.Add(config);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            var scan = new McpTranscript(new Offline(StandardOptions.PolicyOf(parsed, config)));
            var lines = new List<McpTranscriptLine>();
            using var input = new StreamReader(Console.OpenStandardInput());
            while (await input.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
            {
                if (await scan.JudgeAsync(line, cancel).ConfigureAwait(false) is { } judged)
                {
                    lines.Add(judged);
                }
            }

            Print(lines, parsed.GetValue(json));
            return lines.Exists(static line => line.Verdict.IsObjection) ? ExitCodes.Finding : ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(List<McpTranscriptLine> lines, bool asJson)
    {
        if (asJson)
        {
            Json.PrintArray(lines, static (writer, line) =>
            {
                writer.WriteNumber("line", line.Number);
                writer.WriteString("method", line.Method);
                new CheckReport([line.Verdict]).WriteJson(writer);
            });
            return;
        }

        foreach (var line in lines.Where(static line => line.Verdict.Findings.Length > 0 || line.Verdict.IsObjection))
        {
            Console.Out.Write($"line {line.Number}, {(line.Method.Length > 0 ? Terminal.Plain(line.Method) : "no method")}: ");
            new CheckReport([line.Verdict]).WriteText(Console.Out);
        }

        var refused = lines.Count(static line => line.Verdict.Effect is Effect.Deny or Effect.Ask);
        Console.Out.WriteLine($"{lines.Count} messages, {refused} would be refused");
    }
}
