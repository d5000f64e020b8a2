using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Postern.Engine.Evidence;

/// <summary>
/// RFC 8785, the JSON Canonicalization Scheme. Stricter than the RFC where two readers could disagree: duplicate names at any depth,
/// invalid UTF-8, halves of surrogate pairs and numbers beyond a double are refused, never repaired.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Deepest nesting that is read; deeper is refused.</summary>
    public const int MaxDepth = 128;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Appends the canonical form of one JSON value to <paramref name="output"/>.</summary>
    /// <param name="json">UTF-8, one value, without a byte-order mark.</param>
    /// <param name="output">Where the canonical bytes go; nothing is written when the result is false.</param>
    /// <returns>False when the text is not JSON that everybody reads alike.</returns>
    public static bool TryCanonicalize(ReadOnlyMemory<byte> json, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!Utf8.IsValid(json.Span))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            var canonical = new ArrayBufferWriter<byte>(json.Length + CanonicalNumber.MaxBytes);
            if (!TryWrite(document.RootElement, canonical))
            {
                return false;
            }

            output.Write(canonical.WrittenSpan);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair; System.Text.Json finds it only when the string is asked for.
            return false;
        }
    }

    /// <summary>True when the text is exactly its own canonical form. Reads it once and, for ASCII names, allocates nothing.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            return new CanonicalCheck(json).Passes();
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryWrite(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return TryWriteObject(element, output);
            case JsonValueKind.Array:
                return TryWriteArray(element, output);
            case JsonValueKind.String:
                WriteText(element.GetString(), output);
                return true;
            case JsonValueKind.Number:
                return TryWriteNumber(element, output);
            default:
                output.Write(element.ValueKind switch
                {
                    JsonValueKind.True => "true"u8,
                    JsonValueKind.False => "false"u8,
                    _ => "null"u8,
                });
                return true;
        }
    }

    private static bool TryWriteObject(JsonElement element, ArrayBufferWriter<byte> output)
    {
        // Ordinal comparison of .NET strings is comparison by UTF-16 unit, the order RFC 8785 section 3.2.3 asks for.
        var members = element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal);
        var separator = "{"u8;
        foreach (var member in members)
        {
            output.Write(separator);
            separator = ","u8;
            WriteText(member.Name, output);
            output.Write(":"u8);
            if (!TryWrite(member.Value, output))
            {
                return false;
            }
        }

        output.Write(separator[0] == '{' ? "{}"u8 : "}"u8);
        return true;
    }

    private static bool TryWriteArray(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var separator = "["u8;
        foreach (var item in element.EnumerateArray())
        {
            output.Write(separator);
            separator = ","u8;
            if (!TryWrite(item, output))
            {
                return false;
            }
        }

        output.Write(separator[0] == '[' ? "[]"u8 : "]"u8);
        return true;
    }

    private static bool TryWriteNumber(JsonElement element, ArrayBufferWriter<byte> output)
    {
        if (!element.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            return false;
        }

        output.Advance(CanonicalNumber.Write(number, output.GetSpan(CanonicalNumber.MaxBytes)));
        return true;
    }

    private static void WriteText(string? text, ArrayBufferWriter<byte> output)
    {
        var value = text ?? "";
        var writer = new CanonicalWriter(output.GetSpan((value.Length * CanonicalWriter.MaxBytesPerChar) + 2));
        writer.Text(value);
        output.Advance(writer.Length);
    }
}
