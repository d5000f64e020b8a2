using System.CommandLine;
using Postern.Engine.Evidence.Verification;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern evidence checkpoint</c>: the newest signed state, to be kept elsewhere.</summary>
internal static class EvidenceCheckpointCommand
{
    public static Command Create()
    {
        var path = EvidenceSource.Argument();
        var home = StandardOptions.Home();
        var command = new ExampledCommand(
            "checkpoint",
            "Prints the newest checkpoint as a C2SP signed note. Kept where Postern cannot reach it, it shows later that nothing before it was cut off: 'evidence verify --witness'.")
        {
            Examples = ["postern evidence checkpoint > elsewhere/witness.note", "postern evidence verify --witness elsewhere/witness.note"],
        };
        command.Arguments.Add(path);
        command.Options.Add(home);
        command.SetAction(parsed =>
        {
            var files = EvidenceSource.FilesAt(parsed.GetValue(path) ?? Home.Find(parsed.GetValue(home)).Evidence);
            var report = EvidenceVerifier.Verify(files, new VerificationDemand(), OpenSslEd25519.OrManaged());
            if (!report.Sound || report.Latest is not { } latest)
            {
                Terminal.Fail(report.Failure is { } failure ? $"the evidence does not hold: {failure}" : "there is no checkpoint yet");
                return ExitCodes.Finding;
            }

            Console.Error.WriteLine("postern: verifier key " + SignedNote.VerifierKey(latest.Key));
            Console.Out.Write(SignedNote.Write(latest));
            return ExitCodes.Ok;
        });
        return command;
    }
}
