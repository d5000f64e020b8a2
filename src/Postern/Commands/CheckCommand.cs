using System.CommandLine;
using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Program.Judging;
using Postern.Transports.Resolving;

namespace Postern.Program.Commands;

/// <summary><c>postern check</c>: one verdict, explained.</summary>
internal static class CheckCommand
{
    private static readonly Option<string?> s_url = new("--url") { Description = "judge a request for this URL", HelpName = "URL" };
    private static readonly Option<string?> s_text = new("--text") { Description = "judge a text; '-' reads it from standard input", HelpName = "TEXT" };
    private static readonly Option<string?> s_tool = new("--tool") { Description = "judge a call of this tool", HelpName = "NAME" };
    private static readonly Option<string?> s_args = new("--args") { Description = "the tool's arguments, a JSON object (default {})", HelpName = "JSON" };
    private static readonly Option<bool> s_resolve = new("--resolve") { Description = "with --url: ask DNS too, and judge the addresses" };
    private static readonly Option<string?> s_config = StandardOptions.Config();
    private static readonly Option<bool> s_json = StandardOptions.Json();

    private static readonly Option<string> s_direction = new("--direction")
    {
        Description = "with --text: out (secrets), in (instructions) or both",
        HelpName = "out|in|both",
        DefaultValueFactory = static _ => "both",
    };

    public static Command Create()
    {
        var command = new ExampledCommand("check", "One verdict on a URL, a text or a tool call, explained. Nothing is sent. Exit code 1 when it would not pass.")
        {
            Examples =
            [
                "postern check --url 'https://example.com/?q=1'",
                "cat page.html | postern check --text - --direction in",
                "postern check --tool send_mail --args '{\"to\":\"a@example.com\"}' --json",
            ],
        };
        foreach (var option in (Option[])[s_url, s_text, s_tool, s_args, s_direction, s_resolve, s_config, s_json])
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var messages = MessagesOf(parsed);
        var resolves = parsed.GetValue(s_resolve);
        var policy = StandardOptions.PolicyOf(parsed, s_config);
        var offline = resolves ? WithDns(policy) : new Offline(policy);
        var verdicts = new List<OfflineVerdict>(messages.Count);
        foreach (var message in messages)
        {
            verdicts.Add(await offline.JudgeAsync(message, cancel).ConfigureAwait(false));
        }

        var report = new CheckReport(verdicts) { WithoutDns = parsed.GetValue(s_url) is not null && !resolves };
        if (parsed.GetValue(s_json))
        {
            Json.PrintObject(report.WriteJson);
        }
        else
        {
            report.WriteText(Console.Out);
        }

        return report.Strongest.IsObjection ? ExitCodes.Finding : ExitCodes.Ok;
    }

    // In a method of its own, so that the transports are loaded only when DNS is wanted.
    private static Offline WithDns(PolicySnapshot policy) => new(policy, new SystemResolver(TimeProvider.System));

    private static List<Message> MessagesOf(ParseResult parsed)
    {
        var (url, text, tool) = (parsed.GetValue(s_url), parsed.GetValue(s_text), parsed.GetValue(s_tool));
        return (url, text, tool) switch
        {
            ({ }, null, null) => [Probe.OfUrl(Encoding.UTF8.GetBytes(url))],
            (null, { }, null) => TextsOf(text, parsed.GetValue(s_direction)!),
            (null, null, { }) => [Probe.OfTool(Encoding.UTF8.GetBytes(tool), Encoding.UTF8.GetBytes(parsed.GetValue(s_args) ?? "{}"))],
            _ => throw new ConfigException("check takes exactly one of --url, --text and --tool"),
        };
    }

    private static List<Message> TextsOf(string text, string direction)
    {
        Direction[] ways = direction switch
        {
            "out" => [Direction.Outbound],
            "in" => [Direction.Inbound],
            "both" => [Direction.Outbound, Direction.Inbound],
            _ => throw new ConfigException("--direction is out, in or both"),
        };
        var bytes = text == "-" ? ScanCommand.ReadInput() : Encoding.UTF8.GetBytes(text);
        return [.. ways.Select(way => Probe.OfText(bytes, way))];
    }
}
