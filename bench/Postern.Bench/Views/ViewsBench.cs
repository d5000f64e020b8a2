using System.Diagnostics;
using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Bench.Views;

/// <summary>How fast all views of a part are made, with a visitor that does nothing.</summary>
internal static class ViewsBench
{
    private const int CorpusBytes = 4 * 1024 * 1024;
    private const int MinRounds = 6;
    private static readonly TimeSpan s_minTime = TimeSpan.FromSeconds(0.8);

    /// <summary>Prints one line per corpus; files come from the folder that <paramref name="options"/> name.</summary>
    public static void Run(BenchOptions options)
    {
        Console.WriteLine($"{"corpus",-22}{"part bytes",12}{"MB/s",10}{"views",8}{"view bytes",12}{"missed",8}");
        foreach (var (name, content, parts) in Corpora(options.Data).Where(corpus => corpus.Name.Contains(options.Only, StringComparison.Ordinal)))
        {
            Measure(name, content, parts());
        }
    }

    private static void Measure(string name, ContentKind content, List<byte[]> parts)
    {
        var builder = new ViewBuilder(new ViewLimits());
        var best = double.MaxValue;
        var counter = default(Counter);
        var begun = Stopwatch.GetTimestamp();
        for (var round = 0; round < MinRounds || Stopwatch.GetElapsedTime(begun) < s_minTime; round++)
        {
            counter = default;
            var start = Environment.CpuUsage.TotalTime;
            foreach (var part in parts)
            {
                var source = new ViewSource
                {
                    Bytes = part,
                    Content = content,
                    Part = PartKind.Body,
                    Direction = Direction.Inbound,
                    Boundary = [],
                    Whole = content != ContentKind.Json || part[0] is (byte)'{' or (byte)'[',
                };
                builder.Walk(source, ref counter);
            }

            // Processor time: the machine may be busy with other things.
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }

        var total = parts.Sum(p => (long)p.Length);
        Console.WriteLine($"{name,-22}{total,12}{total / best / 1e6,10:F0}{counter.Views,8}{counter.Bytes,12}{counter.Missed,8}");
    }

    private static IEnumerable<(string Name, ContentKind Content, Func<List<byte[]>> Parts)> Corpora(string? directory)
    {
        yield return ("plain ASCII", ContentKind.Text, () => [Repeat("The quick brown fox jumps over the lazy dog, and then it rests. ")]);
        yield return ("plain ASCII, 1 KiB", ContentKind.Text, () => [.. Enumerable.Range(0, 1024).Select(_ => Repeat("The quick brown fox jumps over it. ")[..1024])]);
        yield return ("JSON, 1 KiB", ContentKind.Json, () => [.. Enumerable.Range(0, 1024).Select(_ => SmallJson())]);
        yield return ("base64 of noise", ContentKind.Text, () => [Encoding.ASCII.GetBytes(Convert.ToBase64String(Noise(CorpusBytes)))]);
        yield return ("base64 of text", ContentKind.Text, () => [Encoding.ASCII.GetBytes(Convert.ToBase64String(Repeat("plain words in a row, ")))]);
        yield return ("noise", ContentKind.Text, () => [Noise(CorpusBytes)]);
        yield return ("Chinese", ContentKind.Text, () => [Repeat("春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。")]);
        yield return ("Russian", ContentKind.Text, () => [Repeat("Мой дядя самых честных правил, когда не в шутку занемог. ")]);
        yield return ("percent, all", ContentKind.Text, () => [Repeat("%41%25%32%30")]);
        if (directory is null)
        {
            yield break;
        }

        var kinds = Directory.GetFiles(directory, "*-*.txt").GroupBy(f => Path.GetFileName(f)[..^".txt".Length].TrimEnd("0123456789.abcdefghijklmnopqrstuvwxyz_".ToCharArray()));
        foreach (var kind in kinds.OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            var content = kind.Key.Contains("json", StringComparison.Ordinal) ? ContentKind.Json
                : kind.Key.StartsWith("html", StringComparison.Ordinal) ? ContentKind.Html : ContentKind.Text;
            yield return (kind.Key, content, () => [.. kind.Select(File.ReadAllBytes).Where(b => b.Length > 0)]);
        }
    }

    private static byte[] Repeat(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var all = new byte[CorpusBytes / bytes.Length * bytes.Length];
        for (var at = 0; at < all.Length; at += bytes.Length)
        {
            bytes.CopyTo(all, at);
        }

        return all;
    }

    private static byte[] SmallJson() => Encoding.UTF8.GetBytes(
        """{"model":"large","stream":false,"messages":[""" + string.Join(',', Enumerable.Range(0, 12).Select(i =>
            $$"""{"role":"user","content":"Message {{i}} asks for a short summary of the text.","id":{{i * 1717}}}""")) + "]}");

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        var seed = 1u;
        for (var i = 0; i < count; i++)
        {
            seed = (seed * 1664525) + 1013904223;
            bytes[i] = (byte)(seed >> 24);
        }

        return bytes;
    }

    private struct Counter : IViewVisitor
    {
        public int Views { get; private set; }

        public long Bytes { get; private set; }

        public int Missed { get; private set; }

        public void Visit(scoped in View view)
        {
            Views++;
            Bytes += view.Bytes.Length;
        }

        public void Miss(Shortfall shortfall, int sourceOffset) => Missed++;
    }
}
