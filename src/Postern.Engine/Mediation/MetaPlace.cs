using System.Text.Json;

namespace Postern.Engine.Mediation;

/// <summary>Where the envelope goes in a request of JSON-RPC, and where a forged one stands.</summary>
internal readonly record struct MetaPlace
{
    /// <summary>The key under which an envelope stands in <c>params._meta</c>.</summary>
    public const string Key = "io.postern/mediation";

    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 1000 };

    /// <summary>Behind the brace of the parameters; 0 when there are none.</summary>
    public int Parameters { get; private init; }

    /// <summary>Behind the brace of <c>_meta</c>; 0 when there is none.</summary>
    public int Meta { get; private init; }

    /// <summary>True when nothing stands in the object that the envelope goes into.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary>Where a forged envelope begins.</summary>
    public int ForgedStart { get; private init; }

    /// <summary>Where it ends; 0 when there is none.</summary>
    public int ForgedEnd { get; private init; }

    /// <summary>Reads a message; default when it has no parameters.</summary>
    public static MetaPlace In(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, s_anyDepth);
            return reader.Read() && TryEnter(ref reader, "params") ? InParameters(ref reader) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What cannot be read is refused as that.
            return default;
        }
    }

    private static MetaPlace InParameters(ref Utf8JsonReader reader)
    {
        var start = (int)reader.BytesConsumed;
        var look = reader;
        look.Read();
        var place = new MetaPlace { Parameters = start, IsEmpty = look.TokenType == JsonTokenType.EndObject };
        return TryEnter(ref reader, "_meta") ? InMeta(ref reader, place) : place;
    }

    private static MetaPlace InMeta(ref Utf8JsonReader reader, MetaPlace place)
    {
        place = place with { Meta = (int)reader.BytesConsumed, IsEmpty = true };
        var (count, before) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isForged = reader.ValueTextEquals(Key);
            reader.Read();
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            if (isForged && count == 0)
            {
                // With what stands between it and the next one.
                var look = reader;
                look.Read();
                place = place with { ForgedStart = start, ForgedEnd = look.TokenType == JsonTokenType.PropertyName ? (int)look.TokenStartIndex : end };
            }
            else if (isForged)
            {
                place = place with { ForgedStart = before, ForgedEnd = end };
            }

            place = place with { IsEmpty = false };
            (count, before) = (count + 1, end);
        }

        return place;
    }

    /// <summary>Stands behind the brace of a member that is an object.</summary>
    private static bool TryEnter(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueTextEquals(name);
            reader.Read();
            if (isWanted)
            {
                return reader.TokenType == JsonTokenType.StartObject;
            }

            reader.Skip();
        }

        return false;
    }
}
