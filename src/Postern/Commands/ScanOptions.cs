using System.CommandLine;
using Postern.Engine.Policy;
using Postern.Program.Scanning;
using Postern.Program.Scanning.Reports;

namespace Postern.Program.Commands;

/// <summary>What <c>scan PATH</c> and <c>git scan-diff</c> have in common.</summary>
internal sealed class ScanOptions
{
    private readonly Option<bool> _json = StandardOptions.Json();
    private readonly Option<bool> _sarif = new("--sarif") { Description = "print the result as SARIF 2.1.0" };
    private readonly Option<bool> _warnings = new("--warnings") { Description = "show also what would pass with a warning" };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "accept the findings that this file lists", HelpName = "FILE" };
    private readonly Option<string?> _writeBaseline = new("--write-baseline") { Description = "write what is found now as a baseline, and accept it", HelpName = "FILE" };
    private readonly Option<string?> _config = StandardOptions.Config();

    /// <summary>Adds all of them.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [_json, _sarif, _warnings, _baseline, _writeBaseline, _config];
        Array.ForEach(all, command.Options.Add);
    }

    /// <summary>True when one of them was given that only a scan of files knows.</summary>
    public bool AreUsed(ParseResult parsed) =>
        parsed.GetValue(_json) || parsed.GetValue(_sarif) || parsed.GetValue(_warnings) || parsed.GetValue(_baseline) is not null || parsed.GetValue(_writeBaseline) is not null;

    /// <summary>The policy as it judges lines.</summary>
    public PolicySnapshot PolicyOf(ParseResult parsed) => StandardOptions.PolicyOf(parsed, _config);

    /// <summary>The policy as it judges files, in which nothing is replaced: places are those of the file.</summary>
    public PolicySnapshot FilePolicyOf(ParseResult parsed)
    {
        var loaded = ConfigFile.Load(ConfigFile.Find(parsed.GetValue(_config)));
        if (loaded.Config.Redaction.Enabled)
        {
            loaded = ConfigFile.With(loaded, loaded.Config with { Redaction = loaded.Config.Redaction with { Enabled = false } });
        }

        return new PolicySnapshot(1, loaded.Hash, loaded.Policy);
    }

    /// <summary>Applies the baseline, prints the report and says how it ended.</summary>
    public int Conclude(ParseResult parsed, ScanReport report)
    {
        if (parsed.GetValue(_baseline) is { } known)
        {
            Baseline.Read(known).Accept(report);
        }

        if (parsed.GetValue(_writeBaseline) is { } path)
        {
            Baseline.Write(report, path);
            Baseline.Read(path).Accept(report);
        }

        var printer = new ReportPrinter(parsed.GetValue(_warnings));
        if (parsed.GetValue(_sarif))
        {
            SarifLog.Print(report, report.Findings.Where(printer.IsShown));
        }
        else if (parsed.GetValue(_json))
        {
            printer.PrintJson(report);
        }
        else
        {
            printer.PrintText(report);
        }

        foreach (var fault in report.Faults)
        {
            Terminal.Fail(fault);
        }

        return report.ExitCode;
    }

    /// <summary>The kinds that make sense for files: secrets unless told otherwise.</summary>
    public static BatchKinds FileKinds(BatchKinds kinds) => kinds switch
    {
        BatchKinds.All => BatchKinds.Dlp,
        _ when (kinds & ~(BatchKinds.Dlp | BatchKinds.Injection)) == 0 => kinds,
        _ => throw new ConfigException("files are scanned for dlp and injection; url and tool_call are for JSON lines"),
    };
}
