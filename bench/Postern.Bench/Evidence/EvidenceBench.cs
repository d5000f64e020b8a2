using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Transports.Evidence;

namespace Postern.Bench.Evidence;

/// <summary>What a record costs: encoded and hashed, written, flushed, verified. The best of several rounds, because the machine is shared.</summary>
internal static class EvidenceBench
{
    private const int Rounds = 7;
    private const int RecordsPerRound = 50_000;

    /// <summary>Measures in a fresh directory under <paramref name="root"/>, which should be a tmpfs for the figures without a disk.</summary>
    public static void Run(TextWriter output, string root)
    {
        Encoding(output);
        Signatures(output, "managed", new ManagedEd25519());
        Signatures(output, "system", OpenSslEd25519.OrManaged());
        foreach (var appenders in new[] { 1, 4, 16 })
        {
            Appending(output, root, appenders);
        }

        Denials(output, root, 1);
        Denials(output, root, 16);
        Verifying(output, root);
    }

    private static EvidenceDraft Draft(Effect effect) => new()
    {
        Kind = EvidenceKind.Ruling,
        Actor = "agent-1",
        Exchange = 123_456,
        Transport = "forward",
        Message = MessageKind.Request,
        Method = "POST"u8,
        Destination = "https://api.example.com:443"u8,
        Effect = effect,
        Grant = "mode:balanced",
        PolicyRevision = 3,
        PolicyHash = "5e884898da28047151d0e56f8dc6292773603d0d6aabbd6a98a4a8a0d5e6f1b2",
        InspectedBytes = 1024,
    };

    private static void Encoding(TextWriter output)
    {
        using var signer = Signer();
        var lines = new ArrayBufferWriter<byte>(1 << 20);
        var header = new ChainHeader(1, DateTimeOffset.UnixEpoch, Convert.ToHexStringLower(signer.PublicKey), "0");
        var chain = ChainWriter.Begin(header, signer, lines);
        lines.ResetWrittenCount();
        chain.Append(Draft(Effect.Allow), TimeProvider.System.GetUtcNow(), lines);
        var bytes = lines.WrittenCount;
        var best = Best(() =>
        {
            for (var i = 0; i < RecordsPerRound; i++)
            {
                lines.ResetWrittenCount();
                chain.Append(Draft(Effect.Allow), TimeProvider.System.GetUtcNow(), lines);
            }
        });
        Print(output, $"encode + chain hash + Merkle leaf, {bytes} bytes", best / RecordsPerRound, "");
    }

    private static void Signatures(TextWriter output, string name, IEd25519 algorithm)
    {
        const int Signatures = 2_000;
        using var signer = new EvidenceSigner(algorithm, new byte[32]);
        var key = signer.PublicKey.ToArray();
        var message = new byte[300];
        var signature = new byte[IEd25519.SignatureBytes];
        Print(output, $"Ed25519 {name}, sign", Best(() => Repeat(Signatures, () => signer.Sign(message, signature))) / Signatures, "");
        Print(output, $"Ed25519 {name}, verify", Best(() => Repeat(Signatures, () => algorithm.Verify(key, message, signature))) / Signatures, "");
    }

    private static void Appending(TextWriter output, string root, int appenders)
    {
        using var place = new Place(root);
        using var signer = Signer();
        var recorder = FileRecorder.Open(place.Evidence, signer, new RecorderOptions(), TimeProvider.System);
        var each = RecordsPerRound / appenders;
        long allocated = 0;
        var best = Best(() =>
        {
            var before = GC.GetTotalAllocatedBytes();
            if (appenders == 1)
            {
                AppendHere(recorder, each);
            }
            else
            {
                Task.WaitAll(Enumerable.Range(0, appenders).Select(_ => Task.Run(() => AppendAsync(recorder, each, Effect.Allow))).ToArray());
            }

            allocated = GC.GetTotalAllocatedBytes() - before;
        });
        recorder.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var rate = string.Create(CultureInfo.InvariantCulture, $"{RecordsPerRound / best * 1e6:N0} records/s, {(double)allocated / RecordsPerRound:F1} B allocated per record");
        Print(output, $"append, {appenders} appenders", best / RecordsPerRound, rate);
    }

    private static void Denials(TextWriter output, string root, int appenders)
    {
        using var place = new Place(root);
        using var signer = Signer();
        var recorder = FileRecorder.Open(place.Evidence, signer, new RecorderOptions(), TimeProvider.System);
        const int Each = 50;
        var best = Best(() => Task.WaitAll(
            Enumerable.Range(0, appenders).Select(_ => Task.Run(() => AppendAsync(recorder, Each, Effect.Deny))).ToArray()));
        recorder.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var total = Each * appenders;
        Print(output, $"deny with fsync, {appenders} appenders", best / total, string.Create(CultureInfo.InvariantCulture, $"{total / best * 1e6:N0} records/s"));
    }

    private static void Verifying(TextWriter output, string root)
    {
        using var place = new Place(root);
        using var signer = Signer();
        var recorder = FileRecorder.Open(place.Evidence, signer, new RecorderOptions(), TimeProvider.System);
        AppendHere(recorder, RecordsPerRound);
        recorder.DisposeAsync().AsTask().GetAwaiter().GetResult();
        EvidenceFile[] files = [.. Directory.GetFiles(place.Evidence, "*.jsonl").Select(path => new EvidenceFile(Path.GetFileName(path), () => File.OpenRead(path)))];
        var sound = true;
        var best = Best(() => sound &= EvidenceVerifier.Verify(files, new VerificationDemand(), signer.Algorithm).Sound);
        var rate = string.Create(CultureInfo.InvariantCulture, $"{RecordsPerRound / best * 1e6:N0} records/s, sound: {sound}");
        Print(output, "verify", best / RecordsPerRound, rate);
    }

    private static void AppendHere(FileRecorder recorder, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var append = recorder.AppendAsync(Draft(Effect.Allow), CancellationToken.None);
            if (!append.IsCompletedSuccessfully)
            {
                // The checkpoint timer leads right now.
                append.AsTask().GetAwaiter().GetResult();
            }
        }
    }

    private static async Task AppendAsync(FileRecorder recorder, int count, Effect effect)
    {
        for (var i = 0; i < count; i++)
        {
            await recorder.AppendAsync(Draft(effect), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static void Repeat(int count, Action action)
    {
        for (var i = 0; i < count; i++)
        {
            action();
        }
    }

    // Microseconds.
    private static double Best(Action round)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            round();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return best;
    }

    private static void Print(TextWriter output, string what, double microseconds, string more) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-48} {microseconds,9:F2} us  {more}"));

    private static EvidenceSigner Signer() => new(OpenSslEd25519.OrManaged(), new byte[32]);

    private sealed class Place : IDisposable
    {
        private readonly string _path;

        public Place(string root)
        {
            _path = Path.Combine(root, $"postern-bench-{Guid.NewGuid():N}");
            Directory.CreateDirectory(_path);
        }

        public string Evidence => Path.Combine(_path, "evidence");

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
