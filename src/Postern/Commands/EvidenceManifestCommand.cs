using System.CommandLine;
using System.Text.Json;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Program.Proof;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern evidence manifest</c>: one signed summary of what the evidence covers.</summary>
internal static class EvidenceManifestCommand
{
    public static Command Create()
    {
        var path = EvidenceSource.Argument();
        var session = new Option<string?>("--session") { Description = "what sessions came to, from the manifests recorded at their ends: those of this actor, or of all", HelpName = "ACTOR", Arity = ArgumentArity.ZeroOrOne };
        var home = StandardOptions.Home();
        var command = new ExampledCommand(
            "manifest",
            "Verifies the evidence and prints a signed summary of it: a DSSE envelope around an in-toto statement, whose subjects are the evidence files. Exit code 3 when the evidence does not hold.")
        {
            Examples = ["postern evidence manifest > evidence.dsse.json", "postern evidence manifest --session > sessions.dsse.json"],
        };
        command.Arguments.Add(path);
        command.Options.Add(session);
        command.Options.Add(home);
        command.SetAction(parsed =>
        {
            var from = Home.Find(parsed.GetValue(home));
            var files = EvidenceSource.FilesAt(parsed.GetValue(path) ?? from.Evidence);
            using var signer = SigningKey.LoadOrCreate(from.Path, OpenSslEd25519.OrManaged());
            var key = Convert.ToHexStringLower(signer.PublicKey);
            var report = EvidenceVerifier.Verify(files, new VerificationDemand(key), OpenSslEd25519.OrManaged());
            if (!report.Sound)
            {
                Terminal.Fail($"the evidence does not hold: {report.Failure}");
                return ExitCodes.Tampered;
            }

            var summary = EvidenceSummary.Of(EvidenceLog.Records(files));
            var (type, predicate) = parsed.GetResult(session) is null
                ? ("https://postern.dev/evidence-manifest/v1", (Action<Utf8JsonWriter>)summary.WriteTo)
                : ("https://postern.dev/session-manifest/v1", writer => Write(writer, summary.Sessions, parsed.GetValue(session)));
            Console.Out.WriteLine(InTotoEnvelope.Sign(files, type, predicate, signer));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Write(Utf8JsonWriter writer, SessionEnds sessions, string? actor)
    {
        writer.WriteStartArray("sessions");
        foreach (var manifest in sessions.Manifests.Where(manifest => actor is null || EvidenceLog.Text(manifest, "actor") == actor))
        {
            manifest.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteTexts("without_end", sessions.Unended.Where(one => actor is null || one.StartsWith(actor + " from ", StringComparison.Ordinal)));
    }
}
