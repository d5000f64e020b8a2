using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postern.Engine.Inspection;

namespace Postern.Transports.Hooks;

/// <summary>
/// What a host is told. A clean event gets no decision: to allow would override the questions that the host asks its user.
/// </summary>
public sealed class HookAnswer
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private HookAnswer(ReadOnlyMemory<byte> json, string reason, bool isUnread) => (Json, Reason, IsUnread) = (json, reason, isUnread);

    /// <summary>One JSON object in the host's schema, UTF-8, without a line break.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Why it was refused, for people; empty when it was not. Never holds anything of the event.</summary>
    public string Reason { get; }

    /// <summary>True when the event could not be read: then the host cannot be trusted to read the answer's schema either.</summary>
    public bool IsUnread { get; }

    /// <summary>Something of ours failed before anything could be judged: no.</summary>
    /// <param name="host">Who asks.</param>
    /// <param name="why">What failed, without anything of the event.</param>
    public static HookAnswer Failed(HookHost host, string why) => Refuse(host, null, "Refused by Postern, an agent firewall: " + why, isAsk: false);

    /// <summary>Nothing to object to.</summary>
    internal static HookAnswer Clean(HookHost host, HookRow row) => new(Write(writer =>
    {
        // Cursor takes the word for whether the prompt is sent, not for a permission.
        if (host == HookHost.Cursor && row.Shape == HookShape.Prompt)
        {
            writer.WriteBoolean("continue"u8, true);
        }
    }), "", isUnread: false);

    internal static HookAnswer Of(HookHost host, HookEvent? @event, Refused refused)
    {
        var isAsk = refused.Kind == RefusalKind.NotApproved;
        if (isAsk && refused.Findings.FirstOrDefault(finding => finding != refused.Decisive) is { } asked)
        {
            // The host's user is asked about what was found, not told that nobody was asked here.
            refused = refused with { Decisive = asked };
        }

        var record = refused.Evidence is { } evidence ? $", evidence {evidence}" : "";
        var reason = $"{(isAsk ? "Asked" : "Refused")} by Postern, an agent firewall: {refused.Detail} {refused.Remedy} (rule {refused.RuleId}{record})";
        return Refuse(host, @event, reason, isAsk);
    }

    private static HookAnswer Refuse(HookHost host, HookEvent? @event, string reason, bool isAsk)
    {
        var shape = @event?.Row.Shape ?? HookShape.Every;
        var json = Write(writer =>
        {
            if (host == HookHost.Claude)
            {
                Claude(writer, @event, reason, isAsk);
            }
            else
            {
                Cursor(writer, shape, reason, isAsk);
            }
        });
        return new HookAnswer(json, reason, shape == HookShape.Every);
    }

    private static void Claude(Utf8JsonWriter writer, HookEvent? @event, string reason, bool isAsk)
    {
        var shape = @event?.Row.Shape ?? HookShape.Every;
        if (shape == HookShape.Every)
        {
            writer.WriteBoolean("continue"u8, false);
            writer.WriteString("stopReason"u8, reason);
        }

        if (shape != HookShape.Permission)
        {
            writer.WriteString("decision"u8, "block"u8);
            writer.WriteString("reason"u8, reason);
        }

        if (shape is HookShape.Every or HookShape.Permission)
        {
            writer.WriteStartObject("hookSpecificOutput"u8);
            writer.WriteString("hookEventName"u8, @event?.Row.Event ?? "PreToolUse");
            writer.WriteString("permissionDecision"u8, isAsk ? "ask"u8 : "deny"u8);
            writer.WriteString("permissionDecisionReason"u8, reason);
            writer.WriteEndObject();
        }
        else if (@event is { IsMcpTool: true, Row.Event: "PostToolUse" })
        {
            writer.WriteStartObject("hookSpecificOutput"u8);
            writer.WriteString("hookEventName"u8, @event.Row.Event);
            writer.WriteStartArray("updatedMCPToolOutput"u8);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, reason);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static void Cursor(Utf8JsonWriter writer, HookShape shape, string reason, bool isAsk)
    {
        if (shape is HookShape.Every or HookShape.Permission)
        {
            writer.WriteString("permission"u8, isAsk ? "ask"u8 : "deny"u8);
            writer.WriteString("agent_message"u8, reason);
        }

        if (shape is HookShape.Every or HookShape.Prompt)
        {
            writer.WriteBoolean("continue"u8, false);
        }

        if (shape == HookShape.Result)
        {
            writer.WriteString("additional_context"u8, reason);
            writer.WriteString("updated_mcp_tool_output"u8, reason);
        }
        else
        {
            writer.WriteString("user_message"u8, reason);
        }
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var json = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(json, s_options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return json.WrittenMemory;
    }
}
