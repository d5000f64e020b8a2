using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Postern.Transports.Control;

namespace Postern.Program.Commands;

/// <summary><c>postern approvals</c>: what waits for a person, and the answers.</summary>
internal static class ApprovalsCommand
{
    /// <summary>Nothing of what is to be approved is cut off; long lines are broken.</summary>
    private const int LineLength = 150;

    public static Command Create()
    {
        var approvals = new Command("approvals", "Shows what waits for a person, and answers it, over the control port of a running firewall.");
        approvals.Subcommands.Add(List("list", "What waits: who, where to, why, and the exact thing, without the secrets that were found.", "approvals", WriteQuestion));
        approvals.Subcommands.Add(Approve());
        approvals.Subcommands.Add(Answer("deny", "Says no.", "{\"decision\":\"deny\"}", ""));
        approvals.Subcommands.Add(List("grants", "Approvals that stand for a while.", "grants", WriteGrant));
        approvals.Subcommands.Add(Answer("revoke", "Ends a grant.", "{}", "/revoke"));
        return approvals;
    }

    private static ExampledCommand List(string name, string description, string member, Action<JsonElement> write)
    {
        var command = new ExampledCommand(name, description) { Examples = ["postern approvals " + name] };
        var access = new ControlAccess(command);
        var json = StandardOptions.Json();
        command.Options.Add(json);
        command.SetAction((parsed, cancel) => access.AskAsync(parsed, async client =>
        {
            var items = (await client.GetAsync("approvals", cancel).ConfigureAwait(false)).GetProperty(member);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(items.GetRawText());
                return ExitCodes.Ok;
            }

            foreach (var item in items.EnumerateArray())
            {
                write(item);
            }

            if (items.GetArrayLength() == 0)
            {
                Console.Error.WriteLine("none");
            }

            return ExitCodes.Ok;
        }));
        return command;
    }

    private static ExampledCommand Approve()
    {
        var minutes = new Option<int>("--minutes") { Description = "let it stand for so long; bounded by approvals.max_grant_minutes", HelpName = "N" };
        var isAlike = new Option<bool>("--alike") { Description = "with --minutes: all that this agent asks of this target for these reasons, not only this very message" };
        var (command, access, id) = Named("approve", "Says yes.", "postern approvals approve 3", "postern approvals approve 3 --minutes 15 --alike");
        command.Options.Add(minutes);
        command.Options.Add(isAlike);
        command.SetAction((parsed, cancel) => access.AskAsync(parsed, client => SayAsync(
            client,
            $"approvals/{parsed.GetValue(id).ToString(CultureInfo.InvariantCulture)}",
            $$"""{"decision":"approve","minutes":{{Math.Max(0, parsed.GetValue(minutes)).ToString(CultureInfo.InvariantCulture)}},"scope":"{{(parsed.GetValue(isAlike) ? "alike" : "exact")}}"}""",
            cancel)));
        return command;
    }

    private static ExampledCommand Answer(string name, string description, string json, string verb)
    {
        var (command, access, id) = Named(name, description, $"postern approvals {name} 3");
        command.SetAction((parsed, cancel) => access.AskAsync(parsed, client =>
            SayAsync(client, $"approvals/{parsed.GetValue(id).ToString(CultureInfo.InvariantCulture)}{verb}", json, cancel)));
        return command;
    }

    private static (ExampledCommand Command, ControlAccess Access, Argument<long> Id) Named(string name, string description, params string[] examples)
    {
        var command = new ExampledCommand(name, description) { Examples = examples };
        var id = new Argument<long>("id") { Description = "its number, as the list shows it" };
        command.Arguments.Add(id);
        return (command, new ControlAccess(command), id);
    }

    private static async Task<int> SayAsync(ControlClient client, string path, string json, CancellationToken cancel)
    {
        var said = await client.PostAsync(path, Encoding.UTF8.GetBytes(json), cancel).ConfigureAwait(false);
        Console.Out.WriteLine(said.TryGetProperty("answer", out var answer) ? Terminal.Plain(answer.ToString()).Replace('_', ' ') : "revoked");
        return ExitCodes.Ok;
    }

    private static void WriteQuestion(JsonElement question)
    {
        Console.Out.WriteLine($"{ControlAccess.Text(question, "id")}  {Terminal.Yellow(ControlAccess.Text(question, "risk"))}  {ControlAccess.Text(question, "actor")} over {ControlAccess.Text(question, "transport")}: {ControlAccess.Text(question, "action")} {ControlAccess.Text(question, "target")}  (until {ControlAccess.Text(question, "until")})");
        foreach (var reason in question.GetProperty("reasons").EnumerateArray())
        {
            Console.Out.WriteLine($"   {ControlAccess.Text(reason, "rule")}: {ControlAccess.Text(reason, "title")} in {ControlAccess.Text(reason, "where")} {ControlAccess.Text(reason, "detail")}");
        }

        foreach (var line in question.GetProperty("excerpt").GetString()!.Split('\n').SelectMany(static line => line.Chunk(LineLength)))
        {
            Console.Out.WriteLine("   | " + Terminal.Plain(new string(line)));
        }
    }

    private static void WriteGrant(JsonElement grant) => Console.Out.WriteLine(
        $"{ControlAccess.Text(grant, "id")}  {ControlAccess.Text(grant, "scope")}  {ControlAccess.Text(grant, "actor")}: {ControlAccess.Text(grant, "action")} {ControlAccess.Text(grant, "target")}  by {ControlAccess.Text(grant, "by")} until {ControlAccess.Text(grant, "until")}");
}
