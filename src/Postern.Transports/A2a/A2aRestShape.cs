using System.Text.Json;
using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.Mcp;

namespace Postern.Transports.A2a;

/// <summary>Refusals for agents that talk over plain HTTP: the error document of the protocol's HTTP binding.</summary>
internal sealed class A2aRestShape : IRefusalShape
{
    /// <inheritdoc/>
    public Reply Of(Refused refused) => Reply.OwnJson(refused, writer => Write(writer, refused));

    /// <inheritdoc/>
    public Reply Event(Refused refused) => McpReply.Event(Of(refused));

    private static void Write(Utf8JsonWriter writer, Refused refused)
    {
        var status = Reply.StatusOf(refused.Kind);
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, status);
        writer.WriteString("status"u8, status switch { 400 or 413 => "INVALID_ARGUMENT", 429 => "RESOURCE_EXHAUSTED", 503 => "UNAVAILABLE", _ => "PERMISSION_DENIED" });
        writer.WriteString("message"u8, "Refused by Postern: " + refused.Detail);
        writer.WriteStartArray("details"u8);
        writer.WriteStartObject();
        writer.WriteString("@type"u8, "type.googleapis.com/google.rpc.ErrorInfo"u8);
        writer.WriteString("reason"u8, refused.RuleId);
        writer.WriteString("domain"u8, "postern"u8);
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("where"u8, refused.Decisive?.Where ?? string.Empty);
        writer.WriteString("evidence"u8, refused.Evidence?.ToString() ?? string.Empty);
        writer.WriteString("remedy"u8, refused.Remedy);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
