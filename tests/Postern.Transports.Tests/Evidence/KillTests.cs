using System.Diagnostics;
using System.Globalization;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

public sealed class KillTests
{
    [Fact]
    public async Task No_acknowledged_record_is_lost_when_the_process_is_killed()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new List<long>();
        foreach (var records in new[] { 1, 150, 700, 1500 })
        {
            acknowledged.AddRange(await RecordAndKill(folder.Evidence, records));
            Tear(folder);
            await using var recorder = FileRecorder.Open(
                folder.Evidence, TemporaryFolder.Signer(KilledWriter.Seed), new RecorderOptions(), new ManualTime());
            acknowledged.Add((await Drafts.Allow(recorder)).Sequence);
        }

        var report = folder.Verify(Convert.ToHexStringLower(TemporaryFolder.Signer(KilledWriter.Seed).PublicKey));
        Assert.Null(report.Failure);
        Assert.True(report.Files > 4);
        Assert.Equal(7, report.Resumptions);
        var lines = folder.Lines();
        Assert.All(acknowledged, sequence => Assert.Contains($"\"seq\":{sequence},", lines[(int)sequence], StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("; 7 bytes of an unfinished record were dropped", StringComparison.Ordinal));
    }

    private static async Task<List<long>> RecordAndKill(string directory, int records)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (System.IO.Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KillTests).Assembly.Location);
        }

        start.Environment[KilledWriter.Variable] = directory;
        using var child = Process.Start(start)!;
        var acknowledged = new List<long>();
        try
        {
            while (acknowledged.Count < records)
            {
                var line = await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
                Assert.NotNull(line);
                acknowledged.Add(long.Parse(line, CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            child.Kill();
        }

        // What it had printed before it died counts too; a last number without its line feed may be half a number.
        var rest = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        acknowledged.AddRange(rest[..(rest.LastIndexOf('\n') + 1)]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => long.Parse(line, CultureInfo.InvariantCulture)));
        return acknowledged;
    }

    // A kill between two write calls leaves whole lines; half a line is what a kill within one leaves.
    private static void Tear(TemporaryFolder folder) => File.AppendAllText(folder.Files()[^1], "{\"actio");
}
