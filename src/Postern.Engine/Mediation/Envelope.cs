using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postern.Engine.Mediation;

/// <summary>What the other side is told about how a message came to it.</summary>
/// <param name="Action">The method of HTTP or of MCP.</param>
/// <param name="Verdict">The verdict, as logs name it.</param>
internal sealed record Envelope(string Action, string Verdict)
{
    /// <summary>Edition of the form.</summary>
    private const int Edition = 1;

    /// <summary>The record that the message has in the evidence.</summary>
    public required string Record { get; init; }

    /// <summary>The first 16 bytes of the hash of the policy in force.</summary>
    public required ReadOnlyMemory<byte> Policy { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required long Seconds { get; init; }

    /// <summary>As a structured header: a dictionary (RFC 8941). Values are words, numbers, bytes and texts without quotes.</summary>
    public string Header => string.Create(
        CultureInfo.InvariantCulture,
        $"v={Edition}, act=\"{Action}\", vd={Verdict}, ph=:{Convert.ToBase64String(Policy.Span)}:, rid=\"{Record}\", ts={Seconds}");

    /// <summary>As a member of <c>_meta</c>, with its key.</summary>
    public ReadOnlySpan<byte> Member
    {
        get
        {
            var text = new ArrayBufferWriter<byte>(256);
            using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                writer.WriteStartObject();
                writer.WriteStartObject(MetaPlace.Key);
                writer.WriteNumber("v"u8, Edition);
                writer.WriteString("act"u8, Action);
                writer.WriteString("vd"u8, Verdict);
                writer.WriteString("ph"u8, "sha256-128:" + Convert.ToBase64String(Policy.Span));
                writer.WriteString("rid"u8, Record);
                writer.WriteNumber("ts"u8, Seconds);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            return text.WrittenSpan[1..^1];
        }
    }
}
