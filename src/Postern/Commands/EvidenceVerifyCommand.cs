using System.CommandLine;
using System.Text;
using Postern.Engine.Evidence.Verification;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern evidence verify</c>.</summary>
internal static class EvidenceVerifyCommand
{
    private const int MaxNoteBytes = 4 * 1024 * 1024;

    public static Command Create()
    {
        var path = EvidenceSource.Argument();
        var key = new Option<string?>("--key") { Description = "the public key it must be signed with: 64 hex digits, or a file such as keys/evidence.pub", HelpName = "KEY" };
        var witness = new Option<string?>("--witness") { Description = "a checkpoint that was kept elsewhere ('evidence checkpoint'): nothing it covers may be missing; needs --key", HelpName = "NOTE" };
        var proof = new Option<string?>("--proof") { Description = "verify one record's proof ('evidence prove') instead of a directory, and print the record; needs --key", HelpName = "FILE" };
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand(
            "verify",
            "Verifies every hash, link, root and signature, and says what evidence cannot prove. Exit code 0 sound and signed, 1 nothing to verify, 3 tampered with or unsigned.")
        {
            Examples = ["postern evidence verify ~/.postern/evidence --key ~/.postern/keys/evidence.pub"],
        };
        command.Arguments.Add(path);
        command.Options.Add(key);
        command.Options.Add(witness);
        command.Options.Add(proof);
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var pinned = parsed.GetValue(key) is { } text ? PublicKeyText.Read(text) : "";
            if (parsed.GetValue(proof) is { } one)
            {
                return VerifyProof(one, pinned);
            }

            var files = EvidenceSource.FilesAt(parsed.GetValue(path) ?? Home.Find(parsed.GetValue(home)).Evidence);
            var report = EvidenceVerifier.Verify(files, new VerificationDemand(pinned, parsed.GetValue(witness) is { } note ? WitnessOf(note, pinned) : null), OpenSslEd25519.OrManaged());
            Print(report, parsed.GetValue(json));
            return CodeOf(report);
        });
        return command;
    }

    private static int VerifyProof(string path, string key)
    {
        if (TlogProof.Read(Text(path), OpenSslEd25519.OrManaged(), Needed(key, "--proof")) is not { } proof)
        {
            Terminal.Fail("the proof does not hold: the record, its way to the root or the signature is not what it should be");
            return ExitCodes.Tampered;
        }

        Console.Error.WriteLine($"sound: record {proof.Inclusion.Index} of {proof.Checkpoint.Origin}, signed {proof.Checkpoint.Time}");
        Console.Out.WriteLine(Encoding.UTF8.GetString(proof.Line.Span));
        return ExitCodes.Ok;
    }

    private static EvidenceWitness WitnessOf(string path, string key) =>
        SignedNote.Read(Text(path), OpenSslEd25519.OrManaged(), Needed(key, "--witness")) is { } checkpoint && checkpoint.Origin.Split('/') is [_, var chain, ..]
            ? new EvidenceWitness(Convert.ToUInt32(chain, 16), checkpoint.Size, checkpoint.Root)
            : throw new ConfigException($"--witness {path}: not a checkpoint that this key signed");

    private static string Needed(string key, string option) => key.Length > 0 ? key : throw new ConfigException($"{option} needs --key: whose signature is to be believed");

    private static string Text(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxNoteBytes ? File.ReadAllText(path) : throw new ConfigException($"{path}: longer than any proof");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: {e.Message}");
        }
    }

    private static int CodeOf(VerificationReport report) => report switch
    {
        { Failure.Fault: EvidenceFault.Missing, Records: 0 } => ExitCodes.Finding,
        { Sound: true, Signed: true } => ExitCodes.Ok,
        _ => ExitCodes.Tampered,
    };

    private static string StatusOf(VerificationReport report) => CodeOf(report) switch
    {
        ExitCodes.Ok => "sound",
        ExitCodes.Finding => "empty",
        _ => report.Sound ? "unsigned" : "tampered",
    };

    private static void Print(VerificationReport report, bool asJson)
    {
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteString("status", StatusOf(report));
                writer.WriteBoolean("sound", report.Sound);
                writer.WriteBoolean("signed", report.Signed);
                if (report.Failure is { } failure)
                {
                    writer.WriteStartObject("failure");
                    writer.WriteString("fault", failure.Fault.ToString());
                    writer.WriteString("file", failure.File);
                    writer.WriteNumber("line", failure.Line);
                    writer.WriteString("detail", failure.Detail);
                    writer.WriteEndObject();
                }

                foreach (var (name, value) in Counts(report))
                {
                    writer.WriteNumber(name, value);
                }

                writer.WriteTexts("unclosed_exchanges", report.UnclosedExchanges);
                writer.WriteTexts("unended_actors", report.UnendedActors);
                writer.WriteTexts("keys", report.Keys);
                writer.WriteTexts("cannot_prove", report.CannotProve);
            });
            return;
        }

        var status = StatusOf(report);
        Console.Out.WriteLine(status == "sound" ? Terminal.Green(status) : Terminal.Red(status + (report.Failure is { } first ? ": " + first : "")));
        Console.Out.WriteLine("  " + string.Join(", ", Counts(report).Select(static count => $"{count.Value} {count.Name.Replace('_', ' ')}")));
        Section("Signed by", report.Keys);
        Section("Exchanges whose stream was never closed", report.UnclosedExchanges);
        Section("Sessions without an end", report.UnendedActors);
        Section("What this cannot prove", report.CannotProve);
    }

    private static IEnumerable<(string Name, long Value)> Counts(VerificationReport report) =>
    [
        ("files", report.Files), ("chains", report.Chains), ("records", report.Records), ("checkpoints", report.Checkpoints), ("denials", report.Denials),
        ("resumptions", report.Resumptions), ("unsigned_records", report.Unsigned), ("unclosed_streams", report.UnclosedStreams),
        ("ended_sessions", report.EndedSessions), ("unended_sessions", report.UnendedSessions),
    ];

    private static void Section(string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        Console.Out.WriteLine(title + ":");
        foreach (var line in lines)
        {
            Console.Out.WriteLine("  " + line);
        }
    }
}
