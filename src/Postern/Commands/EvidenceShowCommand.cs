using System.CommandLine;
using System.Text.Json;

namespace Postern.Program.Commands;

/// <summary><c>postern evidence show</c>.</summary>
internal static class EvidenceShowCommand
{
    private const int MaxLast = 1_000_000;
    private static readonly string[] s_ruling = ["effect", "direction", "method", "message", "destination"];

    public static Command Create()
    {
        var path = EvidenceSource.Argument();
        var last = new Option<int>("--last", "-n") { Description = "only the last N records; 0 is all (default 20)", HelpName = "N", DefaultValueFactory = static _ => 20 };
        var home = StandardOptions.Home();
        var json = new Option<bool>("--json") { Description = "print the records themselves, one per line" };
        var command = new ExampledCommand("show", "Prints records for reading. It verifies nothing: 'evidence verify' does.")
        {
            Examples = ["postern evidence show --last 50"],
        };
        command.Arguments.Add(path);
        command.Options.Add(last);
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var count = parsed.GetValue(last);
            if (count is < 0 or > MaxLast)
            {
                throw new ConfigException($"--last takes 0 to {MaxLast}");
            }

            Show(parsed.GetValue(path) ?? Home.Find(parsed.GetValue(home)).Evidence, count, parsed.GetValue(json));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Show(string path, int last, bool asJson)
    {
        var kept = new Queue<string>();
        foreach (var record in EvidenceLog.Records(EvidenceSource.FilesAt(path)))
        {
            using (record)
            {
                kept.Enqueue(asJson ? record.RootElement.GetRawText() : LineOf(record.RootElement));
            }

            if (last == 0)
            {
                Console.Out.WriteLine(kept.Dequeue());
            }
            else if (kept.Count > last)
            {
                kept.Dequeue();
            }
        }

        foreach (var line in kept)
        {
            Console.Out.WriteLine(line);
        }
    }

    private static string LineOf(JsonElement record)
    {
        var kind = EvidenceLog.Text(record, "kind");
        var id = $"ev-{EvidenceLog.Text(record, "chain")}-{EvidenceLog.Text(record, "seq")}";
        var what = kind switch
        {
            "chain" => "chain begun by postern " + EvidenceLog.Text(record, "postern"),
            "checkpoint" => $"signed: {EvidenceLog.Text(record, "size")} records",
            "event" => EvidenceLog.Text(record, "note"),
            "manifest" => $"session of {EvidenceLog.Text(record, "actor")}: {EvidenceLog.Text(record, "note")}",
            _ => string.Join(' ', s_ruling.Select(name => EvidenceLog.Text(record, name)).Where(static text => text.Length > 0)),
        };
        return $"{EvidenceLog.Text(record, "ts")}  {id,-18} {kind,-10} {what}{FindingsOf(record)}";
    }

    private static string FindingsOf(JsonElement record) =>
        record.TryGetProperty("findings", out var findings) && findings.ValueKind == JsonValueKind.Array && findings.GetArrayLength() > 0
            ? "  [" + string.Join("; ", findings.EnumerateArray().Select(static finding => EvidenceLog.Text(finding, "rule") + " in " + EvidenceLog.Text(finding, "where"))) + "]"
            : "";
}
