using System.Text.Json;

namespace Postern.Transports.Mcp;

/// <summary>
/// The id of a request: text and numbers are different ids, and a number is what its digits say. The default is no id. Ids go back
/// only to whoever chose them.
/// </summary>
internal readonly record struct RpcId
{
    /// <summary>Longest id in bytes as written; a UUID has 38.</summary>
    public const int MaxBytes = 1024;

    private readonly string? _key;

    private RpcId(string key) => _key = key;

    /// <summary>True when there is none.</summary>
    public bool IsNone => _key is null;

    /// <summary>Reads the token that the reader stands on.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out RpcId id)
    {
        id = default;
        if (reader.ValueSpan.Length > MaxBytes)
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            id = new RpcId("\"" + reader.GetString());
            return true;
        }

        // 1.0 and 1e0 are the id 1 to some readers, and another to others.
        if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.ContainsAny(".eE"u8))
        {
            return false;
        }

        id = new RpcId(System.Text.Encoding.ASCII.GetString(reader.ValueSpan));
        return true;
    }

    /// <summary>Writes the member, or nothing when there is no id.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (_key is null)
        {
            return;
        }

        writer.WritePropertyName("id"u8);
        if (_key[0] == '"')
        {
            writer.WriteStringValue(_key.AsSpan(1));
        }
        else
        {
            writer.WriteRawValue(_key, skipInputValidation: true);
        }
    }
}
