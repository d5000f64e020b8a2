using Postern.Engine.Evidence.Verification;
using Postern.Program.Commands;
using Postern.Transports.Evidence;

namespace Postern.Program.Checkup;

/// <summary>Whether evidence can be kept, and whether what is kept can be believed.</summary>
internal static class EvidenceCheck
{
    private const string Name = "evidence";

    // Verifying a gigabyte takes seconds; beyond that the reader is told to do it himself.
    private const long MaxVerifiedBytes = 256L * 1024 * 1024;

    public static IEnumerable<CheckResult> Run(string directory)
    {
        if (!Directory.Exists(directory))
        {
            yield return CheckResult.Ok(Name, $"{directory} will be made at the first start");
            yield break;
        }

        if (!WriteTest.IsWritable(directory))
        {
            yield return new CheckResult(Name, Health.Fail, $"{directory} is not writable", "Without evidence nothing passes: free disk space, or make it writable.");
            yield break;
        }

        yield return Verify(directory);
    }

    private static CheckResult Verify(string directory)
    {
        if (Directory.EnumerateFiles(directory).Sum(static file => new FileInfo(file).Length) > MaxVerifiedBytes)
        {
            return new CheckResult(Name, Health.Warn, $"{directory} is writable; too much to verify here", $"Run 'postern evidence verify {directory}'.");
        }

        var report = EvidenceVerifier.Verify(EvidenceSource.FilesAt(directory), new VerificationDemand(), OpenSslEd25519.OrManaged());
        return report switch
        {
            { Records: 0, Failure.Fault: EvidenceFault.Missing } => CheckResult.Ok(Name, $"{directory} is writable and empty"),
            { Sound: true, Signed: true } => CheckResult.Ok(Name, $"{directory}: {report.Records} records, sound"),
            { Sound: true } => new CheckResult(Name, Health.Warn, $"{directory}: no checkpoint is signed yet", "If it is not just being written, run 'postern evidence verify'."),

            // A recorder at work, or one that was killed, leaves a torn line that the next start repairs.
            { Failure.Fault: EvidenceFault.TornLine } => new CheckResult(Name, Health.Warn, report.Failure.ToString(), "The next start repairs the tail and records that it did."),
            _ => new CheckResult(Name, Health.Fail, report.Failure!.ToString(), "Keep a copy, find out who changed it, and name another directory in flight_recorder.dir."),
        };
    }
}
