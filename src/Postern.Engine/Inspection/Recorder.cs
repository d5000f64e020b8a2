using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>
/// Decides which record a ruling needs. Single messages get one each. Clean pieces of a stream share an open record, a span
/// each second or mebibyte, and a close record.
/// </summary>
internal sealed class Recorder(InspectorSeams seams, DefinitionLook definitions)
{
    private const long SpanBytes = 1024 * 1024;
    private const long SpanMs = 1000;

    /// <summary>Keeps what the ruling needs kept, and says under which id.</summary>
    public ValueTask<EvidenceId> RecordAsync(Exchange exchange, Message message, Scratch scratch, in Verdict verdict)
    {
        if (message.Kind is not (MessageKind.BodyWindow or MessageKind.Event))
        {
            return AppendAsync(exchange, message, scratch, verdict, EvidenceKind.Ruling, null);
        }

        if (verdict.Effect == Effect.Deny)
        {
            return AppendAsync(exchange, message, scratch, verdict, EvidenceKind.Ruling, null);
        }

        return PieceAsync(exchange, message, scratch, verdict);
    }

    /// <summary>Sums up a stream that ended.</summary>
    public async ValueTask CloseAsync(Exchange exchange, Direction direction, StreamOutcome outcome)
    {
        if (exchange.Ledgers[(int)direction] is not { } ledger)
        {
            return;
        }

        exchange.Ledgers[(int)direction] = null;
        using (ledger)
        {
            await AppendCloseAsync(exchange, new StreamEnd(ledger.Message, direction, outcome), ledger).ConfigureAwait(false);
        }
    }

    private ValueTask<EvidenceId> PieceAsync(Exchange exchange, Message message, Scratch scratch, in Verdict verdict)
    {
        var nowMs = seams.NowMs;
        ref var ledger = ref exchange.Ledgers[(int)message.Direction];
        var kind = EvidenceKind.Span;
        if (ledger is null)
        {
            ledger = new StreamLedger(message.Kind);
            kind = EvidenceKind.Open;
        }

        ledger.Add(message);
        var due = kind == EvidenceKind.Open || ledger.Bytes - ledger.RecordedBytes >= SpanBytes || nowMs - ledger.RecordedAtMs >= SpanMs;
        if (!due && scratch.Findings.Count == 0)
        {
            return new(default(EvidenceId));
        }

        ledger.Recorded(nowMs);
        return AppendAsync(exchange, message, scratch, verdict, kind, ledger);
    }

    private ValueTask<EvidenceId> AppendAsync(
        Exchange exchange, Message message, Scratch scratch, in Verdict verdict, EvidenceKind kind, StreamLedger? ledger)
    {
        Span<byte> room = stackalloc byte[Authority.MaxBytes + 16];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var digestLength = ledger?.Digest(digest) ?? 0;
        var unread = message.IsBodyOpaque ? BodyLength(message) - scratch.MetadataBytes : 0;
        var draft = new EvidenceDraft
        {
            Kind = kind,
            Actor = exchange.Actor,
            Exchange = exchange.Id,
            Transport = exchange.Transport,
            Trace = exchange.Trace,
            Direction = message.Direction,
            Message = message.Kind,
            Method = MethodOf(message),
            Destination = DestinationOf(exchange, scratch, room),
            Effect = verdict.Effect,
            Observed = verdict.Observed,
            Grant = verdict.Grant.Reason ?? string.Empty,
            Findings = CollectionsMarshal.AsSpan(scratch.Findings),
            PolicyRevision = exchange.Policy.Revision,
            PolicyHash = exchange.Policy.Hash,
            InspectedBytes = ledger is not null ? ledger.Bytes - ledger.OpaqueBytes : message.Bytes.Length - unread,
            OpaqueBytes = ledger?.OpaqueBytes ?? unread,
            Pieces = ledger?.Pieces ?? 0,
            Digest = digest[..digestLength],
            Process = exchange.Peer?.Process,
            Server = exchange.Server,
            Tool = definitions.ToolOf(exchange, message, scratch),
            Model = ModelName.Of(message),
            Note = string.Empty,
        };
        return seams.Evidence.AppendAsync(draft, CancellationToken.None);
    }

    /// <summary>Sums up an opaque tunnel.</summary>
    public async ValueTask CloseTunnelAsync(Exchange exchange, long opaqueBytes, StreamOutcome outcome)
    {
        var close = new StreamEnd(MessageKind.Tunnel, Direction.Outbound, outcome) { OpaqueBytes = opaqueBytes };
        await AppendCloseAsync(exchange, close, null).ConfigureAwait(false);
    }

    private ValueTask<EvidenceId> AppendCloseAsync(Exchange exchange, in StreamEnd end, StreamLedger? ledger)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var digestLength = ledger?.Digest(digest) ?? 0;
        var draft = new EvidenceDraft
        {
            Kind = EvidenceKind.Close,
            Actor = exchange.Actor,
            Exchange = exchange.Id,
            Transport = exchange.Transport,
            Trace = exchange.Trace,
            Direction = end.Direction,
            Message = end.Message,
            Destination = exchange.Destination is { } to ? to.OriginBytes : default,
            Effect = Effect.Allow,
            Grant = "close",
            PolicyRevision = exchange.Policy.Revision,
            PolicyHash = exchange.Policy.Hash,
            InspectedBytes = ledger is null ? 0 : ledger.Bytes - ledger.OpaqueBytes,
            OpaqueBytes = ledger?.OpaqueBytes ?? end.OpaqueBytes,
            Pieces = ledger?.Pieces ?? 0,
            Digest = digest[..digestLength],
            Process = exchange.Peer?.Process,
            Note = end.Outcome == StreamOutcome.TimedOut ? "timeout" : EnumWords<StreamOutcome>.Of(end.Outcome),
        };
        return seams.Evidence.AppendAsync(draft, CancellationToken.None);
    }

    /// <summary>Whom a message is for, as people know it: the operator's name for the server, else scheme, host and port.</summary>
    public static string TargetOf(Exchange exchange, Scratch scratch)
    {
        Span<byte> room = stackalloc byte[Authority.MaxBytes + 16];
        return exchange.Server.Length > 0 ? exchange.Server : System.Text.Encoding.ASCII.GetString(DestinationOf(exchange, scratch, room));
    }

    /// <summary>Scheme, host and port; of a refused request what it asked for, of everything later what was cleared.</summary>
    private static ReadOnlySpan<byte> DestinationOf(Exchange exchange, Scratch scratch, Span<byte> room)
    {
        if (!scratch.HasTarget)
        {
            return exchange.Destination is { } cleared ? cleared.OriginBytes : default;
        }

        ref readonly var url = ref scratch.JudgedRef;
        var isTls = url.Url.IsTls;
        var scheme = isTls ? "https://"u8 : "http://"u8;
        scheme.CopyTo(room);
        return room[..(scheme.Length + url.Url.Authority.Format(room[scheme.Length..], isTls ? 443 : 80))];
    }

    /// <summary>Of MCP its own method: that it came by POST says nothing.</summary>
    private static ReadOnlySpan<byte> MethodOf(Message message)
    {
        if (message.FactsRef.Mcp is { IsMcp: true } mcp)
        {
            return mcp.Method.Span;
        }

        return message.TryFind(PartKind.Method, out var method) ? message.Bytes.Slice(method.Start, method.Length) : default;
    }

    private static int BodyLength(Message message) => message.TryFind(PartKind.Body, out var body) ? body.Length : 0;
}
