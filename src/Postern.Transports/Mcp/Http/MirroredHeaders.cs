using System.Text;
using System.Text.Json;

namespace Postern.Transports.Mcp.Http;

/// <summary>
/// What a request says in its headers because it says it in its body: from revision 2026-07-28 on the revision, the method and the name of what is
/// asked for. Older requests have none of it in their parameters, and get none.
/// </summary>
internal readonly record struct MirroredHeaders
{
    private const string RevisionKey = "io.modelcontextprotocol/protocolVersion";

    /// <summary>The revision that the request itself names; null for older ones.</summary>
    public string? Revision { get; private init; }

    /// <summary>The name, the address or the task that it is about; null when there is none.</summary>
    public string? Name { get; private init; }

    /// <summary>Reads a request's parameters.</summary>
    public static MirroredHeaders Of(ReadOnlySpan<byte> text)
    {
        var (revision, name) = ((string?)null, (string?)null);
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (reader.CurrentDepth == 2 && (reader.ValueTextEquals("name"u8) || reader.ValueTextEquals("uri"u8) || reader.ValueTextEquals("taskId"u8)))
                {
                    name ??= Text(ref reader);
                }
                else if (reader.CurrentDepth == 3 && reader.ValueTextEquals(RevisionKey))
                {
                    revision = Text(ref reader);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What cannot be read is refused as that.
        }

        return new MirroredHeaders { Revision = revision, Name = name };
    }

    /// <summary>A value as a header carries it: plain when it is printable ASCII without blanks at its ends, else in base64.</summary>
    public static string Encode(string value) =>
        value.AsSpan().ContainsAnyExceptInRange(' ', '~') || value.Length == 0 || value[0] == ' ' || value[^1] == ' ' || value.StartsWith("=?base64?", StringComparison.OrdinalIgnoreCase)
            ? "=?base64?" + Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) + "?="
            : value;

    private static string? Text(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
