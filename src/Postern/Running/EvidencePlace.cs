using Postern.Engine.Configuration.Sections;
using Postern.Engine.Evidence.Signing;
using Postern.Transports.Evidence;

namespace Postern.Program.Running;

/// <summary>
/// Chooses where this run keeps its evidence. One directory belongs to one process; when several runs share a home, the second
/// one takes <c>evidence-2</c>, and so on.
/// </summary>
internal static class EvidencePlace
{
    private const int MaxRuns = 64;

    /// <summary>Opens the recorder.</summary>
    public static (FileRecorder Recorder, string Directory) Open(FlightRecorderSection section, Home home, EvidenceSigner signer, TimeProvider time)
    {
        var options = new RecorderOptions(MaxFileRecords: section.MaxEntriesPerFile, CheckpointRecords: section.CheckpointInterval);
        var first = section.Dir.Length > 0 ? section.Dir : home.Evidence;
        for (var run = 1; ; run++)
        {
            var directory = run == 1 ? first : first + "-" + run.ToString(System.Globalization.CultureInfo.InvariantCulture);
            try
            {
                return (FileRecorder.Open(directory, signer, options, time), directory);
            }
            catch (EvidenceInUseException) when (run < MaxRuns)
            {
                // Another run has it; look at the next.
            }
        }
    }
}
