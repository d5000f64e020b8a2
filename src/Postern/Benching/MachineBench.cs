using System.Diagnostics;
using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Program.Judging;

namespace Postern.Program.Benching;

/// <summary>Measures what judging costs on this machine under a policy: all views, all rules, the judge; no network and no evidence.</summary>
/// <param name="policy">The policy.</param>
/// <param name="time">How long it may take altogether.</param>
internal sealed class MachineBench(PolicySnapshot policy, TimeSpan time)
{
    /// <summary>How long the texts are: what is held in memory is a few times that.</summary>
    public const int TextBytes = 100 * 1024;

    /// <summary>The longest time that may be asked for.</summary>
    public const int MaxSeconds = 600;

    /// <summary>Of the time of one row, the part in which code is compiled and nothing is measured.</summary>
    private const int WarmUpShare = 3;

    private const int Batches = 8;

    private static readonly (string Name, string Url)[] s_urls =
    [
        ("short API URL", "https://api.example.com/repos/one/two/issues?per_page=100&page=2"),
        ("long query", "https://www.example.com/search?q=how+to+configure+a+reverse+proxy&lang=en&sort=relevance&page=3&session=123e4567-e89b-12d3-a456-426614174000&from=2026-11-20T06:28:49Z"),
        ("IPv4 literal", "http://93.184.216.34:8080/index.html"),
    ];

    private readonly Offline _offline = new(policy);

    /// <summary>Measures everything, a row after another.</summary>
    public IEnumerable<BenchRow> Run(CancellationToken cancel)
    {
        var texts = BenchTexts.All(TextBytes).ToList();
        var each = time / ((texts.Count * 2) + s_urls.Length + 1);
        foreach (var (name, text) in texts)
        {
            yield return Measure(name, "out", text.Length, () => Probe.OfText(text, Direction.Outbound), each, cancel);
            yield return Measure(name, "in", text.Length, () => Probe.OfText(text, Direction.Inbound), each, cancel);
        }

        foreach (var (name, url) in s_urls)
        {
            var bytes = Encoding.ASCII.GetBytes(url);
            yield return Measure(name, "url", bytes.Length, () => Probe.OfUrl(bytes), each, cancel);
        }

        var arguments = """{"command":"git log --oneline -5 && make test"}"""u8.ToArray();
        yield return Measure("shell command", "tool", arguments.Length, () => Probe.OfTool("bash"u8, arguments), each, cancel);
    }

    /// <summary>The best of several batches: what else runs on the machine only ever makes it longer.</summary>
    private BenchRow Measure(string name, string way, int bytes, Func<Message> make, TimeSpan span, CancellationToken cancel)
    {
        var (start, warm) = (Stopwatch.GetTimestamp(), 0);
        do
        {
            Judge(make, cancel);
            warm++;
        }
        while (Stopwatch.GetElapsedTime(start) < span / WarmUpShare);

        var rounds = Math.Max(1, warm * (WarmUpShare - 1) / Batches);
        var best = double.MaxValue;
        for (var batch = 0; batch < Batches && (batch == 0 || Stopwatch.GetElapsedTime(start) < span); batch++)
        {
            var before = CpuClock.Nanoseconds;
            for (var round = 0; round < rounds; round++)
            {
                Judge(make, cancel);
            }

            best = Math.Min(best, (CpuClock.Nanoseconds - before) / rounds);
        }

        return new BenchRow(name, way, best, bytes);
    }

    private void Judge(Func<Message> make, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var judged = _offline.JudgeAsync(make(), cancel);
        if (!judged.IsCompletedSuccessfully)
        {
            judged.AsTask().GetAwaiter().GetResult();
        }
    }
}
