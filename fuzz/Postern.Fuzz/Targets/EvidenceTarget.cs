using System.Buffers;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Fuzz.Targets;

/// <summary>An evidence file: what verifies under the key is a beginning of what was signed, and nothing else.</summary>
internal sealed class EvidenceTarget : IFuzzTarget
{
    private readonly ManagedEd25519 _algorithm = new();
    private readonly string _key;
    private readonly byte[] _genuine;

    public EvidenceTarget()
    {
        using var signer = new EvidenceSigner(_algorithm, new byte[32]);
        _key = Convert.ToHexStringLower(signer.PublicKey);
        var lines = new ArrayBufferWriter<byte>();
        var time = DateTimeOffset.UnixEpoch;
        var chain = ChainWriter.Begin(new ChainHeader(7, time, _key, "0"), signer, lines);
        foreach (var effect in (Effect[])[Effect.Allow, Effect.Deny, Effect.Allow])
        {
            chain.Append(Draft(effect), time, lines);
        }

        chain.AppendCheckpoint(time, closing: true, lines);
        _genuine = lines.WrittenSpan.ToArray();
    }

    public string Name => "evidence";

    public IReadOnlyList<byte[]> Seeds => [_genuine];

    public void Run(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        var reader = new RecordReader();
        foreach (var line in bytes.AsSpan().Split((byte)'\n'))
        {
            _ = reader.TryRead(bytes.AsSpan(line));
        }

        var file = new EvidenceFile("evidence-00000007-0.jsonl", () => new MemoryStream(bytes, writable: false));
        var report = EvidenceVerifier.Verify([file], new VerificationDemand(_key), _algorithm);
        BrokenInvariantException.Unless(!report.Sound || !report.Signed || bytes.AsSpan().SequenceEqual(_genuine), "only what was signed verifies");
    }

    private static EvidenceDraft Draft(Effect effect) => new()
    {
        Kind = EvidenceKind.Ruling,
        Actor = "a",
        Exchange = 1,
        Transport = "forward",
        Direction = Direction.Outbound,
        Message = MessageKind.Request,
        Method = "GET"u8,
        Destination = "https://a.example:443"u8,
        Effect = effect,
        Grant = "mode:balanced",
        PolicyHash = new string('0', 64),
    };
}
