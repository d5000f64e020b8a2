using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Transports.Tests.Evidence;

/// <summary>Drafts that tests append.</summary>
internal static class Drafts
{
    public static EvidenceDraft Of(Effect effect, ulong exchange = 1) => new()
    {
        Kind = EvidenceKind.Ruling,
        Actor = "agent-1",
        Exchange = exchange,
        Transport = "forward",
        Direction = Direction.Outbound,
        Message = MessageKind.Request,
        Method = "GET"u8,
        Destination = "https://api.example.com:443"u8,
        Effect = effect,
        Grant = "mode:balanced",
        PolicyRevision = 3,
        PolicyHash = "5e884898da28047151d0e56f8dc6292773603d0d6aabbd6a98a4a8a0d5e6f1b2",
        InspectedBytes = 512,
    };

    public static ValueTask<EvidenceId> Allow(IEvidenceSink sink, ulong exchange = 1) => sink.AppendAsync(Of(Effect.Allow, exchange), CancellationToken.None);

    public static ValueTask<EvidenceId> Deny(IEvidenceSink sink, ulong exchange = 1) => sink.AppendAsync(Of(Effect.Deny, exchange), CancellationToken.None);
}
