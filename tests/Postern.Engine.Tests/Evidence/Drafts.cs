using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Evidence;

/// <summary>Drafts that tests append.</summary>
internal static class Drafts
{
    public const string PolicyHash = "5e884898da28047151d0e56f8dc6292773603d0d6aabbd6a98a4a8a0d5e6f1b2";

    public static readonly Rule Rule = new(
        "secret.test.key", "A test key", RuleCategory.Secret, Severity.Critical, Confidence.High, "Remove it.");

    public static EvidenceDraft Clean(ulong exchange = 7) => new()
    {
        Kind = EvidenceKind.Ruling,
        Actor = "agent-1",
        Exchange = exchange,
        Transport = "forward",
        Direction = Direction.Outbound,
        Message = MessageKind.Request,
        Method = "GET"u8,
        Destination = "https://api.example.com:443"u8,
        Effect = Effect.Allow,
        Grant = "mode:balanced",
        PolicyRevision = 3,
        PolicyHash = PolicyHash,
        InspectedBytes = 512,
    };

    public static EvidenceDraft Stream(EvidenceKind kind, ulong exchange, Effect effect = Effect.Allow) => new()
    {
        Kind = kind,
        Actor = "agent-1",
        Exchange = exchange,
        Transport = "forward",
        Direction = Direction.Inbound,
        Message = MessageKind.BodyWindow,
        Effect = effect,
        PolicyHash = PolicyHash,
        Pieces = 2,
    };

    public static Finding Finding(string where = "body$.memo") =>
        new(Rule, Confidence.Certain, where, "raw>base64", 10, 20, "fp-1");
}
