using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Program.Checkup;
using Postern.Program.Reports;

namespace Postern.Program.Posture;

/// <summary>An assessment for people. Everything on it stands in the artefacts, whose hashes end it.</summary>
/// <param name="manifest">Which assessment.</param>
/// <param name="artifact">Gives an artefact.</param>
/// <param name="page">What it is written on.</param>
internal sealed class AssessmentPage(JsonObject manifest, Func<string, JsonElement> artifact, Page page)
{
    private const int MaxRows = 500;

    private readonly JsonElement _score = artifact(AssessmentFolder.Score);
    private readonly JsonElement _result = artifact(AssessmentFolder.Result);

    /// <summary>Writes the page.</summary>
    public static byte[] Write(JsonObject manifest, Func<string, JsonElement> artifact) => Page.Write("Postern assessment", page => new AssessmentPage(manifest, artifact, page).Whole());

    private void Whole()
    {
        page.Header("How well the agents are held", $"{Text(manifest["config"], "the default configuration")}, {Charts.TimeOf(DateTimeOffset.Parse((string)manifest["started_at"]!, System.Globalization.CultureInfo.InvariantCulture))}");
        Verdict();
        Categories();
        Failures();
        var checks = List(artifact(AssessmentFolder.Deployment), "checks");
        Checks("This machine", checks.Where(static check => !IsEgress(check)));
        Checks("Ways out of a contained command", checks.Where(IsEgress));
        Hosts();
        var frameworks = List(_result, "frameworks");
        Overview(frameworks);
        frameworks.ToList().ForEach(Framework);
        Proof();
    }

    private void Verdict()
    {
        var (grade, caps, failed) = (Word(_score, "grade"), List(_score, "caps"), List(_result, "failed_checks"));
        page.Section("", "verdict " + (grade is "A" or "B" ? "green" : grade is "C" or "D" ? "amber" : "red"), () =>
        {
            page.Html.Text("strong", $"Grade {grade}: {_score.GetProperty("score").GetInt32()} of 100 points.");
            page.Html.Text("p", caps.Count == 0 ? "Nothing bounds the score." : string.Join("; ", caps.Select(static cap => $"at most {cap.GetProperty("max").GetInt32()}, since {Word(cap, "reason")}")) + ".");
            page.Html.Text("p", failed.Count == 0 ? "Every check of this machine passed." : "Failed on this machine: " + string.Join(", ", failed.Select(static name => name.GetString())) + ".");
            page.Html.Text("p", _result.GetProperty("hosts_protected").GetBoolean() ? "No host of agents was found that goes around Postern." : "A host of agents goes around Postern.");
        });
    }

    private void Categories() => page.Table("By category", ["category", "attacks", "caught", "", "twins stopped", "points", "of"], List(_score, "categories"), category =>
    {
        var (attacks, caught) = (category.GetProperty("attacks").GetInt64(), category.GetProperty("caught").GetInt64());
        page.Cell(Word(category, "name"), "word").Number(attacks).Number(caught);
        page.Html.Element("td", [], () => Charts.Share(page.Html, $"{caught} of {attacks} caught", attacks == 0 ? 0 : (double)caught / attacks));
        page.Number(category.GetProperty("false_alarms").GetInt64()).Cell(category.GetProperty("points").GetDouble().ToString("0.#", System.Globalization.CultureInfo.InvariantCulture), "number").Number(category.GetProperty("max").GetInt64());
    });

    private void Failures() => page.Table("Not as it should be", ["scenario", "what", "outcome", "why", "what would help"], [.. List(artifact(AssessmentFolder.Simulation), "scenarios").Where(static one => Word(one, "outcome") is not ("caught" or "passed"))], scenario =>
        page.Code(Word(scenario, "id")).Cell(Word(scenario, "title")).Cell(Word(scenario, "outcome"), "word " + (Word(scenario, "outcome") is "missed" or "observed" ? "refused" : "edited"))
            .Cell(Word(scenario, "why")).Cell(Word(scenario, "fix")), MaxRows);

    private void Checks(string title, IEnumerable<JsonElement> checks) => page.Table(title, ["check", "status", "what was seen", "what to do"], [.. checks], check =>
        page.Cell(Word(check, "name"), "word").Cell(Word(check, "status"), "word " + Word(check, "status") switch { "ok" => "passed", "warn" => "edited", _ => "refused" }).Cell(Word(check, "detail")).Cell(Word(check, "advice")), MaxRows);

    private void Hosts() => page.Table("Hosts of agents", ["host", "file", "what", "state"], [.. List(artifact(AssessmentFolder.Hosts), "files").SelectMany(RowsOf)], row =>
        page.Cell(row.Host, "word").Code(row.File).Cell(row.What, "word").Cell(row.State, row.IsWell ? "passed" : "refused"), MaxRows);

    private static IEnumerable<(string Host, string File, string What, string State, bool IsWell)> RowsOf(JsonElement file)
    {
        var (host, path) = (Word(file, "host"), Word(file, "file"));
        if (Word(file, "fault") is { Length: > 0 } fault)
        {
            yield return (host, path, "the file", fault, false);
        }

        if (file.TryGetProperty("hooks", out var hooks))
        {
            yield return (host, path, "hooks", hooks.GetBoolean() ? "behind Postern" : "outside", hooks.GetBoolean());
        }

        foreach (var server in List(file, "servers"))
        {
            var isWell = server.GetProperty("protected").GetBoolean();
            yield return (host, path, "server " + Word(server, "name"), isWell ? "behind Postern" : $"outside {Word(server, "why")}".TrimEnd(), isWell);
        }
    }

    private void Overview(IReadOnlyList<JsonElement> frameworks) => page.Table("Frameworks", ["framework", "edition", "evidenced", "partly", "not evidenced"], frameworks, framework =>
    {
        page.Cell(Word(framework, "title")).Cell(Word(framework, "version"));
        foreach (var status in (string[])["evidenced", "partly evidenced", "not evidenced"])
        {
            page.Number(List(framework, "controls").Count(control => Word(control, "status") == status));
        }
    });

    private void Framework(JsonElement framework) => page.Table(Word(framework, "title"), ["", "threat or control", "status", "attacks caught in this run", "what is left out"], List(framework, "controls"), control =>
        page.Cell(Word(control, "id"), "word").Cell(Word(control, "title")).Cell(Word(control, "status"), "word " + Word(control, "status") switch { "evidenced" => "passed", "partly evidenced" => "edited", _ => "dim" })
            .Cell(string.Join(", ", List(control, "evidence").CountBy(static id => id.GetString()!.Split('.')[0]).Select(static kind => $"{kind.Value} {kind.Key}"))).Cell(Word(control, "left_out")), MaxRows);

    private void Proof() => page.Section("How far this can be believed", "long", () =>
    {
        page.Html.Text("p", "Everything above stands in the files beside this page, which are signed together: postern assess verify DIR --key KEY. Scenarios are examples: a configuration that catches all of them can still be passed by something else.");
        page.Html.Element("ul", [], () =>
        {
            foreach (var (name, hash) in manifest["artifacts"]!.AsObject())
            {
                page.Html.Element("li", [], () => page.Html.Text($"{name} ").Text("code", (string)hash!));
            }
        });
        page.Html.Text("p", $"Postern {Product.Version}, run {(string?)manifest["run_id"]}, configuration {(string?)manifest["config_hash"]}.", "dim");
    });

    private static bool IsEgress(JsonElement check) => Word(check, "name").StartsWith(EgressCheck.Prefix.TrimEnd(), StringComparison.Ordinal);

    private static string Text(JsonNode? node, string otherwise) => (string?)node is { Length: > 0 } text ? text : otherwise;

    private static string Word(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static IReadOnlyList<JsonElement> List(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? [.. value.EnumerateArray()] : [];
}
