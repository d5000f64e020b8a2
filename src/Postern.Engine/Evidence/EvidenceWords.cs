using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Evidence;

/// <summary>
/// The words of version 1 that only records use; the others are those of <see cref="VerdictNames"/>. They are part of the format:
/// never change one, only add.
/// </summary>
internal static class EvidenceWords
{
    public static ReadOnlySpan<byte> Of(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Ruling => "ruling"u8,
        EvidenceKind.Open => "open"u8,
        EvidenceKind.Span => "span"u8,
        EvidenceKind.Close => "close"u8,
        EvidenceKind.Manifest => "manifest"u8,
        _ => "event"u8,
    };

    public static ReadOnlySpan<byte> Of(Effect effect) => effect switch
    {
        Effect.Allow => "allow"u8,
        Effect.Redact => "redact"u8,
        Effect.Ask => "ask"u8,
        _ => "deny"u8,
    };

    public static ReadOnlySpan<byte> Of(MessageKind message) => message switch
    {
        MessageKind.Request => "request"u8,
        MessageKind.Connect => "connect"u8,
        MessageKind.Tunnel => "tunnel"u8,
        MessageKind.Response => "response"u8,
        MessageKind.BodyWindow => "body-window"u8,
        MessageKind.Event => "event"u8,
        MessageKind.Trailers => "trailers"u8,
        MessageKind.Text => "text"u8,
        MessageKind.Rpc => "rpc"u8,
        _ => "none"u8,
    };

    /// <summary>A note, which is text; the words are one-to-one all the same.</summary>
    public static string Of(StreamOutcome outcome) => outcome switch
    {
        StreamOutcome.Complete => "complete",
        StreamOutcome.Refused => "refused",
        StreamOutcome.TimedOut => "timeout",
        StreamOutcome.Halted => "halted",
        StreamOutcome.Unreachable => "unreachable",
        _ => "broken",
    };
}
