using System.CommandLine;
using Postern.Program.Proof;

namespace Postern.Program.Commands;

/// <summary><c>postern evidence stats</c>: what the records say, counted.</summary>
internal static class EvidenceStatsCommand
{
    private const int Most = 20;

    public static Command Create()
    {
        var path = EvidenceSource.Argument();
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand("stats", "Counts records by effect, transport, rule, actor and destination. It verifies nothing: 'evidence verify' does.")
        {
            Examples = ["postern evidence stats"],
        };
        command.Arguments.Add(path);
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var summary = EvidenceSummary.Of(EvidenceLog.Records(EvidenceSource.FilesAt(parsed.GetValue(path) ?? Home.Find(parsed.GetValue(home)).Evidence)));
            if (parsed.GetValue(json))
            {
                Json.PrintObject(summary.WriteTo);
            }
            else
            {
                Print(summary);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(EvidenceSummary summary)
    {
        Console.Out.WriteLine($"{summary.Records} records, {summary.Rulings} of them rulings, {summary.First} to {summary.Last}");
        Console.Out.WriteLine($"{summary.InspectedBytes} bytes inspected, {summary.OpaqueBytes} bytes passed unread");
        Console.Out.WriteLine($"{summary.Sessions.Manifests.Count} sessions summed up at their end");
        foreach (var session in summary.Sessions.Unended.Take(Most))
        {
            Console.Out.WriteLine("  without an end: " + session);
        }

        foreach (var (name, counts) in summary.Counts)
        {
            if (counts.Count == 0)
            {
                continue;
            }

            Console.Out.WriteLine(name.Replace('_', ' ') + ":");
            foreach (var (value, count) in counts.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Take(Most))
            {
                Console.Out.WriteLine($"  {count,10}  {value}");
            }

            if (counts.Count > Most)
            {
                Console.Out.WriteLine($"              and {counts.Count - Most} more (--json has all)");
            }
        }
    }
}
