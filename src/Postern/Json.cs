using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postern.Program;

/// <summary>Machine-readable results on standard output.</summary>
internal static class Json
{
    // HTML is not where this goes: view chains stay readable as raw>base64.
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For one object per line.</summary>
    public static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Prints one object.</summary>
    public static void PrintObject(Action<Utf8JsonWriter> members) => Print(ObjectOf(members));

    /// <summary>One object as it would be printed.</summary>
    public static byte[] BytesOf(Action<Utf8JsonWriter> members) => BytesOf(s_indented, ObjectOf(members));

    /// <summary>Prints an array with one object per item.</summary>
    public static void PrintArray<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> members) => Print(writer =>
    {
        writer.WriteStartArray();
        WriteObjects(writer, items, members);
        writer.WriteEndArray();
    });

    /// <summary>Writes a member that is an array with one object per item.</summary>
    public static void WriteArray<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> members)
    {
        writer.WriteStartArray(name);
        WriteObjects(writer, items, members);
        writer.WriteEndArray();
    }

    /// <summary>Writes a member that is an array of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteObjects<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> members)
    {
        foreach (var item in items)
        {
            writer.WriteStartObject();
            members(writer, item);
            writer.WriteEndObject();
        }
    }

    private static Action<Utf8JsonWriter> ObjectOf(Action<Utf8JsonWriter> members) => writer =>
    {
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
    };

    private static byte[] BytesOf(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            write(writer);
        }

        return [.. bytes.WrittenSpan, (byte)'\n'];
    }

    private static void Print(Action<Utf8JsonWriter> write)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(BytesOf(s_indented, write));
    }
}
