using System.Text;
using System.Text.Json;
using Postern.Engine.Inspection;

namespace Postern.Transports.Http.Local;

/// <summary>What <c>/fetch</c> says when it has no page to show. All answers have the same keys.</summary>
internal static class FetchAnswer
{
    /// <summary>A refusal. The URL is shortened where it, or the page behind it, holds what was found.</summary>
    public static Reply Refusal(FetchTarget target, Refused refused, int? status = null) =>
        Reply.OwnJson(refused, writer =>
        {
            Write(writer, Echo(target.Url, refused), target.Agent);
            writer.WriteString("error", refused.Detail);
            writer.WriteBoolean("blocked", true);
            writer.WriteString("block_reason", refused.RuleId);
            writer.WriteString("hint", refused.Remedy);
            writer.WriteString("scanner", refused.Decisive is { } decisive ? FindingJson.ScannerOf(decisive) : "operation");
            writer.WriteString("evidence", refused.Evidence?.ToString() ?? string.Empty);
        }, status);

    /// <summary>The request cannot be served as it stands.</summary>
    public static Reply Fault(int status, string error, string hint) => Reply.OwnJson(status, writer =>
    {
        Write(writer, string.Empty, string.Empty);
        Unblocked(writer, error, hint);
    });

    /// <summary>The world did not answer, or not in HTTP.</summary>
    public static Reply Fault(FetchTarget target, int status) => Reply.OwnJson(status, writer =>
    {
        Write(writer, Encoding.UTF8.GetString(target.Url), target.Agent);
        Unblocked(
            writer,
            status == 504 ? "The upstream did not answer in time." : "The exchange with the upstream failed: it is unreachable, its certificate is not acceptable, or it broke HTTP.",
            "Repeat the request later, or check the address.");
    });

    private static void Write(Utf8JsonWriter writer, string url, string agent)
    {
        writer.WriteString("url", url);
        writer.WriteString("agent", agent);
        writer.WriteNumber("status_code", 0);
        writer.WriteString("content_type", string.Empty);
        writer.WriteString("title", string.Empty);
        writer.WriteString("content", string.Empty);
    }

    private static void Unblocked(Utf8JsonWriter writer, string error, string hint)
    {
        writer.WriteString("error", error);
        writer.WriteBoolean("blocked", false);
        writer.WriteString("block_reason", string.Empty);
        writer.WriteString("hint", hint);
        writer.WriteString("scanner", string.Empty);
    }

    /// <summary>
    /// The URL as far as it may be repeated. Whatever detectors found has a fingerprint; what the URL layers found has a place in the
    /// URL. Both cut off everything after the host, and the host too when it is where a secret stands.
    /// </summary>
    private static string Echo(byte[] url, Refused refused)
    {
        var text = Encoding.UTF8.GetString(url);
        var authority = text.IndexOf("://", StringComparison.Ordinal) + 3;
        if (authority < 3)
        {
            return string.Empty;
        }

        var isContent = refused.Findings.Any(static finding => finding.Fingerprint.Length > 0);
        var isInHost = isContent && refused.Findings.Any(static finding => finding.Fingerprint.Length > 0 && finding.Where == "url.host");
        var isInUrl = refused.Findings.Any(static finding => finding.Where.StartsWith("url.", StringComparison.Ordinal) && finding.Where != "url.host");
        if (!isContent && !isInUrl)
        {
            return text;
        }

        var length = text.AsSpan(authority).IndexOfAny("/?#\\");
        var host = length < 0 ? text[authority..] : text.Substring(authority, length);
        var user = host.LastIndexOf('@');
        return isInHost ? text[..authority] + "[redacted]" : text[..authority] + host[(user + 1)..] + "/[redacted]";
    }
}
