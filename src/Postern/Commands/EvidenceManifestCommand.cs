using System.CommandLine;
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
        var home = StandardOptions.Home();
        var command = new ExampledCommand(
            "manifest",
            "Verifies the evidence and prints a signed summary of it: a DSSE envelope around an in-toto statement, whose subjects are the evidence files. Exit code 3 when the evidence does not hold.")
        {
            Examples = ["postern evidence manifest > session.dsse.json"],
        };
        command.Arguments.Add(path);
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
            Console.Out.WriteLine(InTotoEnvelope.Sign(files, "https://postern.dev/evidence-manifest/v1", summary.WriteTo, signer));
            return ExitCodes.Ok;
        });
        return command;
    }
}
