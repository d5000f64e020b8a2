using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Transports.Telemetry.Emit;
using Postern.Transports.Tests.Evidence;

namespace Postern.Transports.Tests.Telemetry.Emit;

/// <summary>Events as sinks are told of them: kept, and read back.</summary>
internal static class Told
{
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    public const string ParentId = "00f067aa0ba902b7";

    public static readonly EmitInstance Instance = new("gateway-1", "1.2.3");

    private static readonly Rule s_rule = new("secret.aws.access-key-id", "A key", RuleCategory.Secret, Severity.Critical, Confidence.High, "Remove it.");
    private static readonly Finding[] s_findings = [new(s_rule, Confidence.High, "body$.memo", "raw>base64", 1, 20, "f1")];

    /// <summary>A request that passed, of a trace of somebody else.</summary>
    public static ValueTask<EvidenceId> Request(IEvidenceSink sink) => Append(sink, Effect.Allow, Direction.Outbound, []);

    /// <summary>Its answer.</summary>
    public static ValueTask<EvidenceId> Response(IEvidenceSink sink) => Append(sink, Effect.Allow, Direction.Inbound, []);

    /// <summary>A refusal of a secret.</summary>
    public static ValueTask<EvidenceId> Refusal(IEvidenceSink sink) => Append(sink, Effect.Deny, Direction.Outbound, s_findings);

    /// <summary>Postern says something about itself.</summary>
    public static ValueTask<EvidenceId> Notice(IEvidenceSink sink) => sink.AppendAsync(RecorderNotes.Draft("policy reloaded"), CancellationToken.None);

    /// <summary>Keeps them and reads them back.</summary>
    public static async Task<EmitEvent[]> OfAsync(params Func<IEvidenceSink, ValueTask<EvidenceId>>[] appends)
    {
        using var folder = new TemporaryFolder();
        await using (var recorder = folder.Open())
        {
            foreach (var append in appends)
            {
                await append(recorder);
            }
        }

        Assert.True(folder.Verify().Sound);
        return [.. new EvidenceTrail(folder.Evidence).Read(TrailMark.Beginning).Records];
    }

    private static ValueTask<EvidenceId> Append(IEvidenceSink sink, Effect effect, Direction direction, Finding[] findings) => sink.AppendAsync(
        new EvidenceDraft
        {
            Kind = EvidenceKind.Ruling,
            Actor = "agent-1",
            Exchange = 7,
            Transport = "forward",
            Direction = direction,
            Message = direction == Direction.Outbound ? MessageKind.Request : MessageKind.Response,
            Method = direction == Direction.Outbound ? "POST"u8 : default,
            Destination = "https://api.example.com:443"u8,
            Effect = effect,
            Findings = findings,
            PolicyRevision = 3,
            PolicyHash = "00",
            InspectedBytes = 512,
            Trace = effect == Effect.Allow ? $"00-{TraceId}-{ParentId}-01" : "",
        },
        CancellationToken.None);
}
