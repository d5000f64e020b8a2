using System.Globalization;
using System.Text.Json;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary><c>approvals</c>, <c>approvals/ID</c>, <c>approvals/ID/callback</c>, <c>approvals/ID/revoke</c>.</summary>
internal sealed class ApprovalsRoute(ControlParts parts) : IControlRoute
{
    private const string Root = "approvals";
    private const string CallbackVerb = "/callback";
    private const string RevokeVerb = "/revoke";

    /// <summary>True for an answer that proves by its signature, not by a token, where it comes from.</summary>
    public static bool IsCallback(string path) => path.StartsWith(Root, StringComparison.Ordinal) && path.EndsWith(CallbackVerb, StringComparison.Ordinal);

    /// <inheritdoc/>
    public ValueTask<Reply?> AnswerAsync(ControlCall call, CancellationToken cancel)
    {
        if (call.Path == Root)
        {
            return new(call.IsPost ? ControlReply.Only("GET") : List());
        }

        var rest = call.Path[(Root.Length + 1)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var verb = slash < 0 ? "" : rest[slash..];
        if (verb is not ("" or CallbackVerb or RevokeVerb)
            || !long.TryParse(slash < 0 ? rest : rest[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return new((Reply?)null);
        }

        return new(!call.IsPost ? ControlReply.Only("POST")
            : verb == RevokeVerb ? parts.Approvals.Revoke(id, call.Caller) ? List() : ControlReply.Conflict("No such grant stands.")
            : verb == CallbackVerb ? Callback(call, id)
            : Decide(call, id, call.Caller));
    }

    private Reply Callback(ControlCall call, long id)
    {
        var signature = call.Request.Headers[CallbackSignature.Header];
        return parts.Callback is { } check && signature.Count == 1 && check.IsRight(signature.ToString(), id, call.Body.Span)
            ? Decide(call, id, "webhook")
            : Reply.Fault(401, "Not signed", "The callback's signature is missing, wrong or too old.");
    }

    private Reply Decide(ControlCall call, long id, string by)
    {
        if (call.Members("decision", "minutes", "scope") is not { } said || DecisionIn(said) is not { } isYes || WishIn(said) is not { } wish)
        {
            return ControlReply.Bad("Expected {\"decision\": \"approve\" or \"deny\"}, and for a grant \"minutes\" and \"scope\": \"exact\" or \"alike\".");
        }

        var answer = parts.Approvals.Decide(id, by, isYes, wish);
        return answer switch
        {
            ApprovalAnswer.Unknown => ControlReply.Conflict("No such question waits: it was answered, it expired, or nobody waits for it any more."),
            ApprovalAnswer.Repeated => ControlReply.Conflict("You said yes already; a second person must."),
            _ => ControlReply.Ok(writer =>
            {
                writer.WriteNumber("id", id);
                writer.WriteString("answer", answer == ApprovalAnswer.NeedsAnother ? "needs_another" : answer == ApprovalAnswer.Approved ? "approved" : "denied");
            }),
        };
    }

    private static bool? DecisionIn(JsonElement said) => said.TryGetProperty("decision", out var decision) && decision.ValueKind == JsonValueKind.String
        ? decision.GetString() switch { "approve" => true, "deny" => false, _ => null }
        : null;

    /// <summary>Null when it cannot be read.</summary>
    private static GrantWish? WishIn(JsonElement said)
    {
        var minutes = 0;
        if (said.TryGetProperty("minutes", out var length) && (length.ValueKind != JsonValueKind.Number || !length.TryGetInt32(out minutes) || minutes < 0))
        {
            return null;
        }

        var scope = said.TryGetProperty("scope", out var named) ? named.ValueKind == JsonValueKind.String ? named.GetString() : "" : "exact";
        return scope is "exact" or "alike" ? new GrantWish(TimeSpan.FromMinutes(minutes), scope == "alike") : null;
    }

    private Reply List() => ControlReply.Ok(writer =>
    {
        writer.WriteStartArray("approvals");
        foreach (var pending in parts.Approvals.Pending)
        {
            ApprovalJson.Write(writer, pending);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("grants");
        foreach (var grant in parts.Approvals.Grants)
        {
            ApprovalJson.Write(writer, grant);
        }

        writer.WriteEndArray();
    });
}
