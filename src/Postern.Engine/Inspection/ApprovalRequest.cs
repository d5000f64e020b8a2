using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>The exact thing that a person is asked about.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Transport">Over which transport.</param>
/// <param name="Target">The MCP server by name, or scheme, host and port; empty when neither is known.</param>
/// <param name="Action">The method, and for a tool its name; empty when there is neither.</param>
public sealed record ApprovalRequest(string Actor, string Transport, string Target, string Action)
{
    /// <summary>Which way the message travels, one of <see cref="VerdictNames"/>.</summary>
    public required string Direction { get; init; }

    /// <summary>The severity of what decided, one of <see cref="VerdictNames"/>.</summary>
    public required string Risk { get; init; }

    /// <summary>The message as text with every secret that was found left out, disarmed and bounded.</summary>
    public required string Excerpt { get; init; }

    /// <summary>What was found; the deciding finding first.</summary>
    public required IReadOnlyList<ApprovalReason> Reasons { get; init; }

    /// <summary>Names this very message under this policy: a grant on it covers repetitions and nothing else.</summary>
    public required string Exact { get; init; }

    /// <summary>Names what this actor does with this target for these reasons under this policy: a grant on it covers all that asks alike.</summary>
    public required string Alike { get; init; }

    internal static ApprovalRequest Of(Exchange exchange, Message message, string target, IReadOnlyList<Finding> findings, in Verdict verdict)
    {
        var policy = exchange.Policy.Policy;
        var decisive = verdict.Decisive!;
        var action = ActionOf(message);
        var asking = findings.Where(finding => Judge.CostOf(policy, message.Direction, finding) == Effect.Ask);
        var alike = string.Join('\n', [exchange.Policy.Hash, exchange.Actor, exchange.Transport, target, action, .. asking.Select(static finding => finding.Rule.Id).Distinct().Order(StringComparer.Ordinal)]);
        return new ApprovalRequest(exchange.Actor, exchange.Transport, target, action)
        {
            Direction = VerdictNames.Of(message.Direction),
            Risk = VerdictNames.Of(decisive.Rule.Severity),
            Excerpt = Inspection.Excerpt.Of(message, findings, decisive),
            Reasons = [.. findings.Where(finding => finding.Acceptance == Acceptance.None).OrderByDescending(finding => ReferenceEquals(finding, decisive)).Select(ApprovalReason.Of)],
            Exact = Hash(alike, Substance(message)),
            Alike = Hash(alike, default),
        };
    }

    private static string ActionOf(Message message)
    {
        if (message.FactsRef.Mcp is { IsMcp: true } mcp)
        {
            var method = Encoding.UTF8.GetString(mcp.Method.Span);
            return Inspection.Excerpt.Disarm(mcp.Tool.IsEmpty ? method : $"{method} {Encoding.UTF8.GetString(mcp.Tool.Span)}", 200);
        }

        return message.TryFind(PartKind.Method, out var part) ? Inspection.Excerpt.Disarm(Encoding.UTF8.GetString(message.Of(part)), 40) : string.Empty;
    }

    /// <summary>What makes a message this one: all its bytes, or of a request of MCP its parameters, because each repetition has an id of its own.</summary>
    private static ReadOnlySpan<byte> Substance(Message message)
    {
        if (message.FactsRef.Mcp.Shape == RpcShape.Request && message.TryFind(PartKind.Body, out var body))
        {
            try
            {
                using var document = JsonBody.Parse(message, body);
                var text = new StringBuilder();
                foreach (var parameter in document.RootElement.GetProperty("params").EnumerateObject().Where(static member => !member.NameEquals("_meta")))
                {
                    text.Append(parameter.Name).Append('\0').Append(parameter.Value.GetRawText()).Append('\0');
                }

                return Encoding.UTF8.GetBytes(text.ToString());
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                // Then only the very same bytes are the same message.
            }
        }

        return message.Bytes;
    }

    private static string Hash(string alike, ReadOnlySpan<byte> substance)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(alike));
        hash.AppendData([0]);
        hash.AppendData(substance);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
