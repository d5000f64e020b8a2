using Postern.Program.Benching;
using System.Globalization;
using System.Net;
using System.Text;
using Postern.Bench.Matching;
using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Bench.Inspection;

/// <summary>What a message costs inside the engine: all views, all rules, judge and an evidence sink that keeps nothing.</summary>
internal static class InspectBench
{
    private const int Repeats = 7;
    private const int BytesPerRepeat = 8 << 20;

    private static int s_number;

    private static readonly (string Name, string Value)[] s_answered =
    [
        ("content-type", "text/plain"), ("content-length", "1024"), ("date", "Fri, 20 Nov 2026 12:00:00 GMT"), ("server", "nginx/1.22.1"),
        ("last-modified", "Thu, 19 Nov 2026 08:00:00 GMT"), ("etag", "\"655a1c3e-400\""),
    ];

    /// <summary>Prints the tables.</summary>
    public static void Run(BenchOptions options)
    {
        var table = RuleTable.Load();
        var secrets = new SecretDetector(table);
        var injections = new InjectionDetector(table);
        Print($"{"text",-18}{"bytes",9}{"secrets",10}{"inject.",10}{"inspect out",13}{"inspect in",12}{"B/msg",8}   (MB/s of one core)");
        Heads();
        foreach (var (name, text) in BenchCorpora.Chosen(options).SelectMany(Sizes))
        {
            var outbound = Inspect(text, Direction.Outbound, out var allocated);
            var inbound = Inspect(text, Direction.Inbound, out _);
            Print($"{name,-18}{text.Length,9}{Detect(secrets, text),10:F0}{Detect(injections, text),10:F0}{outbound,13:F0}{inbound,12:F0}{allocated,8}");
        }
    }

    /// <summary>The header lines of an answer as one text.</summary>
    public static byte[] AnswerHeads => Encoding.ASCII.GetBytes(string.Concat(s_answered.Select(static h => $"{h.Name}: {h.Value}\r\n")));

    /// <summary>What a small exchange costs besides its bodies.</summary>
    private static void Heads()
    {
        using var request = new MessageWriter();
        request.Add(PartKind.Method, "GET"u8);
        request.Add(PartKind.Url, "http://bench.test/api/v2/items?page=3&sort=name"u8);
        Add(request, [("host", "bench.test"), ("user-agent", "agent/1.4 (linux; x64)"), ("accept", "application/json, text/plain"), ("accept-encoding", "gzip, br")]);
        var (inspector, exchange) = World();
        var ask = request.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound));
                using var response = new MessageWriter();
        Add(response, s_answered);
        var answer = response.Seal(new MessageFacts(MessageKind.Response, Direction.Inbound) { Status = 200, Whole = true });
        Print($"heads: request {Nanoseconds(ask):F0}, response {Nanoseconds(answer):F0} ns");

        double Nanoseconds(Message message) => message.Bytes.Length * 1e3 / Speed(message.Bytes.Length, () => _ = inspector.InspectAsync(exchange, message).AsTask().Wait(0));
    }

    private static void Add(MessageWriter writer, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            writer.Header(name, value);
        }
    }

    private static IEnumerable<(string Name, byte[] Text)> Sizes((string Name, byte[] Text) corpus)
    {
        yield return (corpus.Name, corpus.Text[..Math.Min(corpus.Text.Length, 100 * 1024)]);
        yield return (corpus.Name, corpus.Text[..Math.Min(corpus.Text.Length, 1024)]);
    }

    private static double Detect(IDetector detector, byte[] text)
    {
        var hits = new HitList();
        return Speed(text.Length, () =>
        {
            hits.Clear();
            detector.Detect(new View(text, ViewChain.Raw, PartKind.Body, Direction.Inbound), hits);
        });
    }

    private static double Inspect(byte[] text, Direction direction, out long allocatedPerMessage)
    {
        var (inspector, exchange) = World();
        var kind = direction == Direction.Inbound ? MessageKind.Response : MessageKind.Text;
        var message = Make(text, kind, direction);
        var speed = Speed(text.Length, () => _ = inspector.InspectAsync(exchange, direction == Direction.Inbound ? Vary(text, kind) : message).AsTask().Wait(0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            var ruling = inspector.InspectAsync(exchange, message);
            _ = ruling.IsCompleted;
        }

        allocatedPerMessage = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        return speed;
    }

    /// <summary>The text with another number in front, since clean bodies that come again are not looked at.</summary>
    private static Message Vary(byte[] text, MessageKind kind)
    {
        var varied = (byte[])text.Clone();
        (++s_number).TryFormat(varied, out _, "D8", CultureInfo.InvariantCulture);
        return Make(varied, kind, Direction.Inbound);
    }

    private static (Inspector Inspector, Exchange Exchange) World()
    {
        var world = new BenchWorld();
        var policy = new PolicySnapshot(1, "bench", PolicyCompiler.Compile(PosternConfig.Default with { FetchProxy = new() { Monitoring = new() { MaxRequestsPerMinute = int.MaxValue } } }).Policy!);
        var inspector = new Inspector(new InspectorSeams(world, new InProcessSessions(), world, world, world, TimeProvider.System, new byte[32]));
        var exchange = new Exchange("bench", "bench", policy);
        Clear(inspector, exchange);
        return (inspector, exchange);
    }

    private static Message Make(byte[] text, MessageKind kind, Direction direction)
    {
        using var writer = new MessageWriter(text.Length + 16);
        writer.Body(text);
        return writer.Seal(new MessageFacts(kind, direction) { Content = ContentKind.Text, Status = 200, Whole = true });
    }

    private static void Clear(Inspector inspector, Exchange exchange)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, "GET"u8);
        writer.Add(PartKind.Url, Encoding.ASCII.GetBytes("http://bench.test/"));
        _ = inspector.InspectAsync(exchange, writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound))).AsTask().Wait(1000);
    }

    private static double Speed(int bytes, Action once)
    {
        var rounds = Math.Max(1, BytesPerRepeat / bytes);
        var best = double.MaxValue;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var start = CpuClock.Nanoseconds;
            for (var round = 0; round < rounds; round++)
            {
                once();
            }

            best = Math.Min(best, CpuClock.Nanoseconds - start);
        }

        return (double)bytes * rounds * 1e3 / best;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class BenchWorld : IEvidenceSink, IResolver, IApprover, IHalt
    {
        private readonly IPAddress[] _addresses = [IPAddress.Parse("93.184.216.34")];

        public bool IsHalted => false;

        public bool Stops(string actor) => IsHalted;

        public CancellationToken Halted(string actor) => new(IsHalted);

        public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel) => new(default(EvidenceId));

        public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) => new(_addresses);

        public ValueTask<Approval> ApproveAsync(ApprovalRequest request, CancellationToken cancel) => new(Approval.None);
    }
}
