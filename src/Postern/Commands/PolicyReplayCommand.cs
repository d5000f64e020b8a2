using System.CommandLine;
using Postern.Engine.Evidence.Verification;
using Postern.Program.Replaying;
using Postern.Transports.Capturing;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern policy replay</c>.</summary>
internal static class PolicyReplayCommand
{
    public static Command Create()
    {
        var evidence = new Option<string?>("--evidence") { Description = "the evidence whose rulings are made again; else the one in the home directory", HelpName = "PATH" };
        var captures = new Option<string?>("--captures") { Description = "captured messages, which are judged anew from their contents", HelpName = "DIR" };
        var escrow = new Option<string?>("--escrow-key") { Description = "the private key that opens the captures (PEM)", HelpName = "FILE" };
        var config = new Option<string>("--config", "-c") { Description = "the configuration to try", HelpName = "FILE", Required = true };
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand(
            "replay",
            "Says what another configuration would have decided, by rule. Of evidence: destinations are judged anew, recorded findings are weighed anew. Of captures: messages are judged anew, in the order in which they came. "
            + "It says too what it could not judge. Exit code 1 when something that did not pass would pass, 3 when the evidence does not hold or a file of captures was changed.")
        {
            Examples = ["postern policy replay --config postern-new.yaml", "postern policy replay --captures ~/.postern/captures --escrow-key escrow.pem --config postern-new.yaml"],
        };
        Option[] options = [evidence, captures, escrow, config, home, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(captures) is null != (result.GetValue(escrow) is null))
            {
                result.AddError("--captures and --escrow-key belong together.");
            }
            else if (result.GetValue(captures) is not null && result.GetValue(evidence) is not null)
            {
                result.AddError("--captures and --evidence exclude each other.");
            }
        });
        command.SetAction((parsed, cancel) =>
        {
            var candidate = ConfigFile.Load(Path.GetFullPath(parsed.GetValue(config)!));
            return parsed.GetValue(captures) is { } directory
                ? OfCapturesAsync(candidate, directory, parsed.GetValue(escrow)!, parsed.GetValue(json), cancel)
                : OfEvidenceAsync(candidate, parsed.GetValue(evidence) ?? Home.Find(parsed.GetValue(home)).Evidence, parsed.GetValue(json), cancel);
        });
        return command;
    }

    private static async Task<int> OfEvidenceAsync(LoadedConfig candidate, string path, bool asJson, CancellationToken cancel)
    {
        var files = EvidenceSource.FilesAt(path);
        var verification = EvidenceVerifier.Verify(files, new VerificationDemand(""), OpenSslEd25519.OrManaged());
        if (files.Count > 0 && !verification.Sound)
        {
            Terminal.Fail($"the evidence does not hold: {verification.Failure}");
            return ExitCodes.Tampered;
        }

        var replay = new PolicyReplay(candidate, TimeProvider.System.GetUtcNow());
        foreach (var record in EvidenceLog.Read(files))
        {
            await replay.AddAsync(record, cancel).ConfigureAwait(false);
        }

        var report = new ReplayReport(
            replay,
            [("destinations_judged_anew", replay.Destinations), ("messages_without_content", replay.WithoutContent), ("decided_by_circumstances", replay.Circumstances)],
            "what rules would find in contents, which no record holds; what names resolve to now; what sequences of messages would add up to.");
        return Say(report, asJson, replay);
    }

    private static async Task<int> OfCapturesAsync(LoadedConfig candidate, string directory, string escrow, bool asJson, CancellationToken cancel)
    {
        using var key = EscrowKeyFile.Read(escrow, "--escrow-key", EscrowKey.ReadPrivate);
        var files = new CaptureFiles(directory, key);
        var rulings = new PolicyReplay(candidate, TimeProvider.System.GetUtcNow());
        var replay = new CaptureReplay(candidate, rulings);
        foreach (var (run, capture) in files.Read())
        {
            await replay.AddAsync(run, capture, cancel).ConfigureAwait(false);
        }

        if (files.Ends[SealedEnd.OtherKey] == files.Ends.Values.Sum())
        {
            throw new ConfigException($"{directory}: every file here is sealed to another key");
        }

        var report = new ReplayReport(
            rulings,
            [
                ("messages_judged_anew", replay.Judged), ("messages_cut", replay.CutShort), ("messages_withheld", replay.Withheld), ("messages_that_would_not_have_come", replay.NeverCame),
                ("messages_missed", files.Missed), ("names_without_an_answer", replay.Unresolved), ("files", files.Ends[SealedEnd.Whole]), ("files_cut_off", files.Ends[SealedEnd.CutOff]),
                ("files_of_another_key", files.Ends[SealedEnd.OtherKey]), ("files_changed", files.Broken.Count), ("files_gone", files.Gone),
            ],
            "what would have come after what did not pass; what other names resolve to; what rules would find in secrets that were replaced, which count as they were recorded.");
        var code = Say(report, asJson, rulings);
        foreach (var name in files.Broken)
        {
            Terminal.Fail($"{Terminal.Plain(name)} was changed; what stands behind that place was not judged");
        }

        return files.Broken.Count > 0 ? ExitCodes.Tampered : code;
    }

    private static int Say(ReplayReport report, bool asJson, PolicyReplay replay)
    {
        if (asJson)
        {
            report.PrintJson();
        }
        else
        {
            report.Print();
        }

        return replay.Changes.Keys.Any(static change => change.Opens) ? ExitCodes.Finding : ExitCodes.Ok;
    }
}
