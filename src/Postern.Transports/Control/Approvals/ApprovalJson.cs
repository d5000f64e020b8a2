using System.Buffers;
using System.Text.Json;
using Postern.Engine.Inspection;

namespace Postern.Transports.Control.Approvals;

/// <summary>Questions and grants as JSON, the same for the API, the event stream and the webhook.</summary>
internal static class ApprovalJson
{
    /// <summary>One question as a document.</summary>
    public static ReadOnlyMemory<byte> Of(PendingApproval pending)
    {
        var bytes = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, pending);
        }

        return bytes.WrittenMemory;
    }

    /// <summary>Writes one question.</summary>
    public static void Write(Utf8JsonWriter writer, PendingApproval pending)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", pending.Id);
        writer.WriteString("asked", pending.Asked);
        writer.WriteString("until", pending.Until);
        WriteTexts(writer, "approved_by", pending.Votes);
        Write(writer, pending.Request);
        writer.WriteString("excerpt", pending.Request.Excerpt);
        writer.WriteStartArray("reasons");
        foreach (var reason in pending.Request.Reasons)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", reason.Rule);
            writer.WriteString("title", reason.Title);
            writer.WriteString("severity", reason.Risk);
            writer.WriteString("confidence", reason.Certainty);
            writer.WriteString("where", reason.Where);
            writer.WriteString("detail", reason.Detail);
            writer.WriteString("remedy", reason.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes one grant.</summary>
    public static void Write(Utf8JsonWriter writer, ApprovalGrant grant)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", grant.Id);
        writer.WriteString("scope", grant.IsAlike ? "alike" : "exact");
        writer.WriteString("by", grant.By);
        writer.WriteString("until", grant.Until);
        Write(writer, grant.Request);
        WriteTexts(writer, "rules", grant.Request.Reasons.Select(static reason => reason.Rule).Distinct());
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ApprovalRequest request)
    {
        writer.WriteString("actor", request.Actor);
        writer.WriteString("transport", request.Transport);
        writer.WriteString("direction", request.Direction);
        writer.WriteString("target", request.Target);
        writer.WriteString("action", request.Action);
        writer.WriteString("risk", request.Risk);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
