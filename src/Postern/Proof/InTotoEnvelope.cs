using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;

namespace Postern.Program.Proof;

/// <summary>An in-toto statement (v1) in a DSSE envelope: what supply-chain tools verify.</summary>
internal static class InTotoEnvelope
{
    private const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>A statement about <paramref name="files"/>, signed.</summary>
    /// <param name="files">The subjects, by SHA-256.</param>
    /// <param name="predicateType">What is said of them, as a URI.</param>
    /// <param name="predicate">Writes the members of it.</param>
    /// <param name="signer">Whose word it is.</param>
    public static string Sign(IEnumerable<EvidenceFile> files, string predicateType, Action<Utf8JsonWriter> predicate, EvidenceSigner signer)
    {
        var payload = Write(writer =>
        {
            writer.WriteString("_type", "https://in-toto.io/Statement/v1");
            writer.WriteArray("subject", files.OrderBy(static file => file.Name, StringComparer.Ordinal), static (item, file) =>
            {
                item.WriteString("name", file.Name);
                item.WriteStartObject("digest");
                using var content = file.Open();
                item.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(content)));
                item.WriteEndObject();
            });
            writer.WriteString("predicateType", predicateType);
            writer.WriteStartObject("predicate");
            predicate(writer);
            writer.WriteEndObject();
        });

        Span<byte> signature = stackalloc byte[IEd25519.SignatureBytes];
        signer.Sign(SignedText(payload), signature);
        var (text, key) = (Convert.ToBase64String(signature), Convert.ToHexStringLower(signer.PublicKey));
        return Encoding.UTF8.GetString(Write(writer =>
        {
            writer.WriteString("payloadType", PayloadType);
            writer.WriteBase64String("payload", payload);
            writer.WriteArray("signatures", [(key, text)], static (item, one) =>
            {
                item.WriteString("keyid", one.key);
                item.WriteString("sig", one.text);
            });
        }));
    }

    /// <summary>What the statement says, when its signature holds.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="key">The public key it must be signed with, hex; empty to believe the one that it names.</param>
    /// <param name="algorithm">Verifies.</param>
    /// <returns>The statement and the key; null when the envelope is no such thing or is not signed so.</returns>
    public static (JsonElement Statement, string Key)? Open(string envelope, string key, IEd25519 algorithm)
    {
        try
        {
            using var document = JsonDocument.Parse(envelope);
            var payload = document.RootElement.GetProperty("payload").GetBytesFromBase64();
            var signature = document.RootElement.GetProperty("signatures")[0];
            var signer = key.Length > 0 ? key : signature.GetProperty("keyid").GetString()!;
            return document.RootElement.GetProperty("payloadType").GetString() == PayloadType
                && algorithm.Verify(Convert.FromHexString(signer), SignedText(payload), signature.GetProperty("sig").GetBytesFromBase64())
                ? (JsonElement.Parse(payload), signer) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>DSSE's pre-authentication encoding.</summary>
    private static byte[] SignedText(byte[] payload) => [.. Encoding.ASCII.GetBytes($"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} "), .. payload];

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
