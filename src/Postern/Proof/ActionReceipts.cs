using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postern.Engine.Evidence.Signing;
using Postern.Program.Commands;

namespace Postern.Program.Proof;

/// <summary>
/// Rulings as a chain of action receipts, version 1: the format that Pipelock publishes, for those who verify with its tools. Each is
/// signed when it is exported; Postern's own chain stays what proves when it was written.
/// </summary>
internal sealed class ActionReceipts(EvidenceSigner signer)
{
    private readonly string _key = Convert.ToHexStringLower(signer.PublicKey);
    private string _previous = "genesis";
    private long _sequence;

    /// <summary>The next receipt as one line; null for a record that is no ruling.</summary>
    public string? Next(JsonElement record)
    {
        if (!EvidenceLog.IsOfTraffic(record))
        {
            return null;
        }

        var action = Encoding.UTF8.GetString(Write(record).ToBytes());
        Span<byte> signature = stackalloc byte[IEd25519.SignatureBytes];
        signer.Sign(SHA256.HashData(Encoding.UTF8.GetBytes(action)), signature);
        var receipt = new GoJson().Number("version", 1).Raw("action_record", action).Text("signature", "ed25519:" + Convert.ToHexStringLower(signature)).Text("signer_key", _key).ToBytes();
        _previous = Convert.ToHexStringLower(SHA256.HashData(receipt));
        _sequence++;
        return Encoding.UTF8.GetString(receipt);
    }

    private GoJson Write(JsonElement record)
    {
        var (method, effect) = (EvidenceLog.Text(record, "method"), EvidenceLog.Text(record, "effect"));
        var (side, reversibility) = ClassOf(method);
        var finding = Decisive(record);
        var destination = EvidenceLog.Text(record, "destination");
        return new GoJson()
            .Number("version", 1)
            .Text("action_id", $"ev-{EvidenceLog.Text(record, "chain")}-{EvidenceLog.Text(record, "seq")}")
            .Text("action_type", EvidenceLog.Text(record, "action"))
            .Text("timestamp", Trimmed(EvidenceLog.Text(record, "ts")))
            .Text("principal", "local")
            .Text("actor", EvidenceLog.Text(record, "actor"))
            .Raw("delegation_chain", "null")
            .Text("target", destination.Length > 0 ? destination : EvidenceLog.Text(record, "transport"))
            .Text("side_effect_class", side)
            .Text("reversibility", reversibility)
            .Text("policy_hash", record.TryGetProperty("policy", out var policy) ? EvidenceLog.Text(policy, "hash") : "")
            .Text("verdict", effect == "deny" ? "block" : effect)
            .Text("transport", EvidenceLog.Text(record, "transport"))
            .Optional("method", method)
            .Optional("layer", finding.Rule.Split('.')[0])
            .Optional("pattern", finding.Rule)
            .Optional("severity", finding.Severity)
            .Optional("request_id", EvidenceLog.Text(record, "exchange"))
            .Text("chain_prev_hash", _previous)
            .Number("chain_seq", _sequence);
    }

    private static (string Rule, string Severity) Decisive(JsonElement record) =>
        record.TryGetProperty("findings", out var findings) && findings.ValueKind == JsonValueKind.Array && findings.GetArrayLength() > 0
            ? (EvidenceLog.Text(findings[0], "rule"), EvidenceLog.Text(findings[0], "severity"))
            : ("", "");

    private static (string Side, string Reversibility) ClassOf(string method) => method switch
    {
        "GET" or "HEAD" or "OPTIONS" or "TRACE" or "CONNECT" => ("external_read", "full"),
        "POST" or "PUT" or "PATCH" => ("external_write", "compensatable"),
        "DELETE" => ("external_write", "irreversible"),
        _ when method.Contains("/list", StringComparison.Ordinal) || method.EndsWith("/read", StringComparison.Ordinal) || method.EndsWith("/get", StringComparison.Ordinal) => ("external_read", "full"),
        _ => ("none", "unknown"),
    };

    /// <summary>RFC 3339 as Go prints it: no zeros at the end of the fraction.</summary>
    private static string Trimmed(string time) => time.Contains('.', StringComparison.Ordinal) ? time.TrimEnd('Z').TrimEnd('0').TrimEnd('.') + "Z" : time;
}
