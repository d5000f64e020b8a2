using System.Runtime.CompilerServices;
using Postern.Engine.Policy;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

/// <summary>
/// What this test program does instead of testing when it is started as the child of <see cref="KillTests"/>: record until killed, and
/// print the number of every record after it was acknowledged. One thread, because code of this module on a second thread would wait
/// for this initializer; the checkpoint timer runs beside it, every millisecond.
/// </summary>
internal static class KilledWriter
{
    public const string Variable = "POSTERN_TEST_KILLED_WRITER";
    public const byte Seed = 9;

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } directory)
        {
            return;
        }

        using var signer = TemporaryFolder.Signer(Seed);
        var options = new RecorderOptions(MaxFileBytes: 100_000, CheckpointRecords: 50, CheckpointMs: 1);
        var recorder = FileRecorder.Open(directory, signer, options, TimeProvider.System);
        using var output = Console.OpenStandardOutput();
        for (ulong i = 1; ; i++)
        {
            var effect = i % 40 == 0 ? Effect.Deny : Effect.Allow;
            var id = recorder.AppendAsync(Drafts.Of(effect, i), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            output.Write(System.Text.Encoding.ASCII.GetBytes($"{id.Sequence}\n"));
        }
    }
}
