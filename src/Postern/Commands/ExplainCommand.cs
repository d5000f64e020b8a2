using System.CommandLine;
using System.Text.Json;
using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Program.Commands;

/// <summary><c>postern explain</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "a rule, a configuration key, or an evidence id such as ev-1a2b3c4d-17" };
        var path = new Option<string?>("--evidence") { Description = "where to look for an evidence id; else the home directory", HelpName = "PATH" };
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var config = StandardOptions.Config();
        var command = new ExampledCommand("explain", "Says in plain words what a rule, a configuration key or an evidence record means.")
        {
            Examples = ["postern explain destination.metadata-address", "postern explain fetch_proxy.listen", "postern explain ev-1a2b3c4d-17"],
        };
        command.Arguments.Add(id);
        command.Options.Add(path);
        command.Options.Add(home);
        command.Options.Add(json);
        command.Options.Add(config);
        command.SetAction(parsed =>
        {
            var typed = parsed.GetValue(id)!;
            return typed.StartsWith("ev-", StringComparison.Ordinal)
                ? ExplainRecord(typed, parsed.GetValue(path) is { } named ? [named] : EvidenceSource.DirectoriesOf(Home.Find(parsed.GetValue(home))), parsed.GetValue(json))
                : ExplainName(typed, parsed.GetValue(json), rule => RuleText.AcceptedOf(rule, StandardOptions.PolicyOf(parsed, config)));
        });
        return command;
    }

    private static int ExplainName(string typed, bool asJson, Func<Rule, Suppression[]> accepted)
    {
        if (KnownRules.Find(typed) is { } rule)
        {
            RuleText.Print(rule, asJson, accepted(rule));
        }
        else if (ConfigExplain.Find(typed) is { } explanation)
        {
            ConfigExplainCommand.Print(explanation, asJson);
        }
        else
        {
            var nearest = Spelling.Nearest(typed, KnownRules.All.Select(static known => known.Id).Concat(ConfigExplain.Keys));
            throw new ConfigException($"'{Terminal.Plain(typed)}' is no rule, no configuration key and no evidence id" + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
        }

        return ExitCodes.Ok;
    }

    private static int ExplainRecord(string id, IEnumerable<string> places, bool asJson)
    {
        foreach (var document in places.SelectMany(static place => EvidenceLog.Records(EvidenceSource.FilesAt(place))))
        {
            using (document)
            {
                var record = document.RootElement;
                if ($"ev-{EvidenceLog.Text(record, "chain")}-{EvidenceLog.Text(record, "seq")}" == id)
                {
                    Print(id, record, asJson);
                    return ExitCodes.Ok;
                }
            }
        }

        Terminal.Fail($"there is no record {Terminal.Plain(id)} here; --evidence names another place");
        return ExitCodes.Finding;
    }

    private static void Print(string id, JsonElement record, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(record.GetRawText());
            return;
        }

        Console.Out.WriteLine($"{id}: {EvidenceLog.Text(record, "kind")} at {EvidenceLog.Text(record, "ts")}");
        (string Label, string Name)[] members =
        [
            ("who", "actor"), ("how", "transport"), ("direction", "direction"), ("message", "message"), ("method", "method"), ("destination", "destination"),
            ("decision", "effect"), ("if enforced", "observed"), ("because of", "grant"), ("note", "note"), ("read", "inspected"), ("not read", "opaque"),
        ];
        foreach (var (label, name) in members)
        {
            if (EvidenceLog.Text(record, name) is { Length: > 0 } text)
            {
                Console.Out.WriteLine($"  {label,-12} {text}{(name is "inspected" or "opaque" ? " bytes" : "")}");
            }
        }

        if (record.TryGetProperty("findings", out var findings) && findings.ValueKind == JsonValueKind.Array)
        {
            PrintFindings(findings);
        }

        Console.Out.WriteLine("This is what the record says; 'postern evidence verify' says whether it can be believed.");
    }

    private static void PrintFindings(JsonElement findings)
    {
        foreach (var finding in findings.EnumerateArray())
        {
            var rule = EvidenceLog.Text(finding, "rule");
            var known = KnownRules.Find(rule);
            Console.Out.WriteLine($"  found        {rule}{(known is null ? "" : ": " + known.Title)}, in {EvidenceLog.Text(finding, "where")}, seen as {EvidenceLog.Text(finding, "view")}");
            if (known is not null)
            {
                Console.Out.WriteLine($"               {known.Remedy}");
            }
        }
    }
}
