using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Flow;

namespace Postern.Engine.Mediation;

/// <summary>
/// Signs a request together with its envelope (RFC 9421, Ed25519). The fields stand on lines of their own: of two members of one name the last
/// counts, so that a signature that the agent wrote under this name is none.
/// </summary>
internal static class EnvelopeSignature
{
    private const string Label = "postern";

    /// <summary>The fields to add, in order.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(Message message, string envelope, long seconds, EvidenceSigner signer)
    {
        var fields = new List<(string Name, string Value)>();
        var covered = new List<(string Name, string Value)> { ("@method", Text(message, PartKind.Method)), ("@target-uri", Text(message, PartKind.Url).Split('#')[0]) };
        if (Digest(message, fields) is { } digest)
        {
            covered.Add(("content-digest", digest));
        }

        covered.Add(("postern-mediation", envelope));
        var parameters = string.Create(
            CultureInfo.InvariantCulture,
            $"({string.Join(' ', covered.Select(static one => $"\"{one.Name}\""))});created={seconds};keyid=\"{signer.KeyId}\";alg=\"ed25519\";tag=\"postern-mediation\"");
        var text = string.Concat(covered.Select(static one => $"\"{one.Name}\": {one.Value}\n")) + "\"@signature-params\": " + parameters;
        var signature = new byte[IEd25519.SignatureBytes];
        signer.Sign(Encoding.Latin1.GetBytes(text), signature);
        fields.Add(("Signature-Input", $"{Label}={parameters}"));
        fields.Add(("Signature", $"{Label}=:{Convert.ToBase64String(signature)}:"));
        return fields;
    }

    /// <summary>The digest that the agent announced, or ours, which then becomes a field; null without a body.</summary>
    private static string? Digest(Message message, List<(string Name, string Value)> fields)
    {
        var announced = new List<string>();
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.HeaderValue && Ascii.EqualsIgnoreCase(message.NameOf(part), "content-digest"u8))
            {
                announced.Add(Encoding.Latin1.GetString(message.Of(part)).Trim());
            }
        }

        if (announced.Count > 0)
        {
            return string.Join(", ", announced);
        }

        if (!message.TryFind(PartKind.Body, out var body))
        {
            return null;
        }

        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(message.Of(body)))}:";
        fields.Add(("Content-Digest", digest));
        return digest;
    }

    private static string Text(Message message, PartKind kind) => message.TryFind(kind, out var part) ? Encoding.Latin1.GetString(message.Of(part)) : string.Empty;
}
