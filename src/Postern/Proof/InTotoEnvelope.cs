using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;

namespace Postern.Program.Proof;

/// <summary>An in-toto statement (v1) in a DSSE envelope: what supply-chain tools make and verify.</summary>
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
        signer.Sign(Signed(payload), signature);
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

    /// <summary>The statement in an envelope that <paramref name="publicKey"/> signed; null for anything else.</summary>
    public static JsonDocument? Open(ReadOnlyMemory<byte> envelope, byte[] publicKey, IEd25519 algorithm)
    {
        try
        {
            using var outer = JsonDocument.Parse(envelope);
            var payload = outer.RootElement.GetProperty("payload").GetBytesFromBase64();
            var isSigned = outer.RootElement.GetProperty("payloadType").ValueEquals(PayloadType)
                && outer.RootElement.GetProperty("signatures").EnumerateArray().Any(one => algorithm.Verify(publicKey, Signed(payload), one.GetProperty("sig").GetBytesFromBase64()));
            return isSigned ? JsonDocument.Parse(payload) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>What a signature covers: the payload with its type and length in front.</summary>
    private static byte[] Signed(byte[] payload) => [.. Encoding.ASCII.GetBytes($"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} "), .. payload];

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
