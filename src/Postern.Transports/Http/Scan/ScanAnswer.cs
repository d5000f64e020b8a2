using System.Globalization;
using System.Text.Json;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;

namespace Postern.Transports.Http.Scan;

/// <summary>What callers are told. Everything that is not a verdict says <c>deny</c>, so that a hasty caller fails closed.</summary>
internal static class ScanAnswer
{
    /// <summary>The verdict on one request.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="ruling">What the checkpoint said.</param>
    /// <param name="run">Id and duration.</param>
    public static Reply Of(ScanRequest request, Ruling ruling, ScanRun run)
    {
        var passes = ruling.TryClear(out _, out var refused);
        return refused is not null && CodeOf(refused.Kind) is { } code
            ? NoVerdict(request, refused, code, run)
            : Reply.OwnJson(200, writer =>
            {
                Begin(writer, "completed", passes);
                Identify(writer, request, run);
                writer.WriteString("evidence", ruling.Evidence?.ToString() ?? string.Empty);
                writer.WriteStartArray("findings");
                foreach (var finding in ruling.Findings)
                {
                    // With two parts an offset would not say into which of them it counts.
                    FindingJson.Write(writer, finding, request.IncludeEvidence && request.Kind != ScanKind.ToolCall);
                }

                writer.WriteEndArray();
            });
    }

    /// <summary>There is no verdict, and the request is the reason.</summary>
    public static Reply Of(ScanFault fault)
    {
        var reply = Reply.OwnJson(fault.Status, writer =>
        {
            Begin(writer, "error", passes: false);
            Error(writer, fault);
        });
        return fault.Status switch
        {
            401 => reply.With("WWW-Authenticate", "Bearer realm=\"postern-scan\""),
            405 => reply.With("Allow", "POST"),
            _ => reply,
        };
    }

    /// <summary>Too many requests.</summary>
    public static Reply Limited(int retryAfterSeconds) =>
        Of(ScanFault.RateLimited).With("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Why there is no verdict on the text; null when there is one.</summary>
    private static string? CodeOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Halted => "kill_switch_active",
        RefusalKind.EvidenceLost => "evidence_lost",
        RefusalKind.Cancelled => "scan_deadline_exceeded",
        RefusalKind.Unavailable => "scan_failed",
        _ => null,
    };

    private static Reply NoVerdict(ScanRequest request, Refused refused, string code, ScanRun run) =>
        Reply.OwnJson(503, writer =>
        {
            Begin(writer, "error", passes: false);
            Identify(writer, request, run);
            Error(writer, new ScanFault(503, code, refused.Detail + " " + refused.Remedy, IsRetryable: true));
        }).With("Retry-After", "1");

    private static void Begin(Utf8JsonWriter writer, string status, bool passes)
    {
        writer.WriteString("status", status);
        writer.WriteString("decision", VerdictNames.DecisionOf(passes));
    }

    private static void Identify(Utf8JsonWriter writer, ScanRequest request, ScanRun run)
    {
        writer.WriteString("kind", ScanKinds.NameOf(request.Kind));
        writer.WriteString("scan_id", run.ScanId);
        if (request.RequestId is { } id)
        {
            writer.WriteString("request_id", id);
        }

        writer.WriteNumber("duration_ms", Math.Round(run.Duration.TotalMilliseconds, 3));
        writer.WriteString("engine_version", run.EngineVersion);
    }

    private static void Error(Utf8JsonWriter writer, ScanFault fault)
    {
        writer.WriteStartArray("findings");
        writer.WriteEndArray();
        writer.WriteStartArray("errors");
        writer.WriteStartObject();
        writer.WriteString("code", fault.Code);
        writer.WriteString("message", fault.Message);
        writer.WriteBoolean("retryable", fault.IsRetryable);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
