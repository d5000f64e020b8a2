using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Program.Judging;

namespace Postern.Program.Commands;

/// <summary>One verdict over one or two directions, as people and scripts read it.</summary>
internal sealed class CheckReport(IReadOnlyList<OfflineVerdict> verdicts)
{
    /// <summary>True when a URL was judged without asking DNS.</summary>
    public bool WithoutDns { get; init; }

    /// <summary>The verdict that counts.</summary>
    public OfflineVerdict Strongest { get; } = verdicts.MinBy(static verdict => (verdict.Effect, -verdict.Score))!;

    /// <summary>What refused it, or the worst of what was accepted.</summary>
    private Finding? Decisive => Strongest.IsObjection
        ? Strongest.Decisive
        : Strongest.Findings.MaxBy(static finding => (finding.Rule.Severity, finding.Confidence));

    private Rule? Rule => Decisive?.Rule ?? (Strongest.IsObjection ? OperationRules.NoGrant : null);

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteString("verdict", Strongest.Name);
        writer.WriteNumber("score", verdicts.Max(static verdict => verdict.Score));
        writer.WriteString("direction", VerdictNames.Of(Strongest.Direction));
        if (Strongest.Observed is { } observed)
        {
            writer.WriteString("observed", VerdictNames.Of(observed, isFound: true));
        }

        if (Rule is { } rule)
        {
            writer.WriteString("rule", rule.Id);
            writer.WriteString("title", rule.Title);
            writer.WriteString("where", Decisive?.Where ?? "");
            writer.WriteString("view", Decisive?.View ?? "");
            writer.WriteString("severity", VerdictNames.Of(rule.Severity));
            writer.WriteString("confidence", VerdictNames.Of(Decisive?.Confidence ?? rule.Confidence));
            writer.WriteString("remedy", rule.Remedy);
        }

        writer.WriteArray("findings", All, static (writer, entry) =>
        {
            FindingJson.WriteMembers(writer, entry.Finding);
            writer.WriteString("direction", VerdictNames.Of(entry.Verdict.Direction));
            if (entry.Finding.Acceptance != Acceptance.None)
            {
                writer.WriteString("accepted", VerdictNames.Of(entry.Finding.Acceptance));
            }
        });
        writer.WriteBoolean("dns", !WithoutDns);
    }

    public void WriteText(TextWriter output)
    {
        var name = Strongest.Name;
        output.WriteLine(Strongest.IsObjection ? Terminal.Red(name) : name == VerdictNames.Warn ? Terminal.Yellow(name) : Terminal.Green(name));
        if (Rule is { } rule)
        {
            Line(output, "rule", $"{rule.Id}: {rule.Title}");
            Line(output, "direction", VerdictNames.Of(Strongest.Direction));
            Line(output, "where", Decisive?.Where ?? "");
            Line(output, "view", Decisive?.View ?? "");
            Line(output, "severity", VerdictNames.Of(rule.Severity));
            Line(output, "confidence", VerdictNames.Of(Decisive?.Confidence ?? rule.Confidence));
            Line(output, "remedy", rule.Remedy);
        }

        if (Strongest.Observed is { } observed)
        {
            Line(output, "enforced", VerdictNames.Of(observed, isFound: true) + ", if the policy did not only observe");
        }

        foreach (var (verdict, finding) in All.Where(entry => entry.Finding != Decisive))
        {
            var accepted = finding.Acceptance == Acceptance.None ? "" : ", " + VerdictNames.Of(finding.Acceptance);
            Line(output, "also", $"{finding.Rule.Id} in {finding.Where} ({VerdictNames.Of(verdict.Direction)}, {finding.View}, {VerdictNames.Of(finding.Rule.Severity)}, {VerdictNames.Of(finding.Confidence)}{accepted})");
        }

        if (WithoutDns && !Strongest.IsObjection)
        {
            Line(output, "note", "judged without DNS; --resolve asks for the addresses too");
        }
    }

    private IEnumerable<(OfflineVerdict Verdict, Finding Finding)> All =>
        verdicts.SelectMany(static verdict => verdict.Findings.Select(finding => (verdict, finding)));

    private static void Line(TextWriter output, string label, string text)
    {
        if (text.Length > 0)
        {
            output.WriteLine($"  {label,-11}{Terminal.Plain(text)}");
        }
    }
}
