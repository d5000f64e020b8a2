using System.CommandLine;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Program.Proof;
using Postern.Program.Reports;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern report</c>.</summary>
internal static class ReportCommand
{
    private static readonly (string Name, Func<Report, byte[]> Write)[] s_formats = [("html", ReportPage.Write), ("json", ReportJson.Write), ("sarif", ReportSarif.Write)];

    public static Command Create()
    {
        var path = EvidenceSource.Argument();
        var format = new Option<string>("--format") { Description = "html (one file, without scripts), json or sarif", HelpName = "FORMAT", DefaultValueFactory = static _ => "html" };
        var folder = new Option<string?>("--out") { Description = "write all three there, with a signed list of their hashes (bundle.dsse.json)", HelpName = "DIR" };
        var key = new Option<string?>("--key") { Description = "the public key the evidence must be signed with: 64 hex digits, or a file such as keys/evidence.pub", HelpName = "KEY" };
        var home = StandardOptions.Home();
        var command = new ExampledCommand("report", "Verifies the evidence and puts it together for people: risk, time, categories, rules, agents, findings. Exit code 3 when the evidence does not hold, which the report says too.")
        {
            Examples = ["postern report > report.html", "postern report ~/.postern/evidence --out audit"],
        };
        command.Arguments.Add(path);
        command.Options.Add(format);
        command.Options.Add(folder);
        command.Options.Add(key);
        command.Options.Add(home);
        command.SetAction(parsed =>
        {
            var chosen = Array.Find(s_formats, one => one.Name == parsed.GetValue(format));
            if (chosen.Write is null)
            {
                throw new ConfigException($"--format is one of: {string.Join(", ", s_formats.Select(static one => one.Name))}");
            }

            var from = Home.Find(parsed.GetValue(home));
            var files = EvidenceSource.FilesAt(parsed.GetValue(path) ?? from.Evidence);
            var pinned = parsed.GetValue(key) is { } text ? PublicKeyText.Read(text) : "";
            var report = Report.Of(() => EvidenceLog.Read(files), EvidenceVerifier.Verify(files, new VerificationDemand(pinned), OpenSslEd25519.OrManaged()));
            if (parsed.GetValue(folder) is { } to)
            {
                using var signer = SigningKey.LoadOrCreate(from.Path, OpenSslEd25519.OrManaged());
                WriteBundle(report, to, signer);
            }
            else
            {
                using var output = Console.OpenStandardOutput();
                output.Write(chosen.Write(report));
            }

            return report.Verification.Sound ? ExitCodes.Ok : ExitCodes.Tampered;
        });
        return command;
    }

    private static void WriteBundle(Report report, string folder, EvidenceSigner signer)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var subjects = new List<EvidenceFile>();
            foreach (var (name, write) in s_formats)
            {
                var content = write(report);
                File.WriteAllBytes(Path.Combine(folder, "report." + name), content);
                subjects.Add(new EvidenceFile("report." + name, () => new MemoryStream(content)));
            }

            File.WriteAllText(Path.Combine(folder, "bundle.dsse.json"), InTotoEnvelope.Sign(subjects, "https://postern.dev/report/v1", writer =>
            {
                writer.WriteString("version", Product.Version);
                writer.WriteBoolean("sound", report.Verification.Sound);
                writer.WriteBoolean("signed", report.Verification.Signed);
                writer.WriteNumber("records", report.Verification.Records);
                writer.WriteString("risk", report.Risk);
            }, signer));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"--out {folder}: {e.Message}");
        }
    }
}
