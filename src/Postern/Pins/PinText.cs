using System.Buffers;
using System.Text.Json;
using Postern.Engine.Detection.Tools.Definitions;

namespace Postern.Program.Pins;

/// <summary>Pins as JSON: version, server, and of each pin its key, the hash for people, the trusted and the waiting definition.</summary>
internal static class PinText
{
    private const int Version = 1;

    public static byte[] Write(ServerPins pins)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("server", pins.Server);
            writer.WriteArray("pins", pins.Pins, static (writer, pin) =>
            {
                writer.WriteString("key", pin.Trusted.Key);
                writer.WriteString("sha256", pin.Trusted.Hash);
                writer.WriteString("trusted", pin.Trusted.Text);
                if (pin.Pending is { } pending)
                {
                    writer.WriteString("pending", pending.Text);
                }
            });
            writer.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else, or a definition is not the one that was hashed.</exception>
    public static ServerPins Read(ReadOnlyMemory<byte> text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
            {
                throw new InvalidDataException($"{name} is of another version");
            }

            return new ServerPins(root.GetProperty("server").GetString()!, [.. root.GetProperty("pins").EnumerateArray().Select(pin => PinOf(pin, name))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{name} cannot be read: it is no file of pins", e);
        }
    }

    private static Pin PinOf(JsonElement pin, string name)
    {
        var key = pin.GetProperty("key").GetString()!;
        var trusted = new Definition(key, pin.GetProperty("trusted").GetString()!);
        return trusted.Hash == pin.GetProperty("sha256").GetString()
            ? new Pin(trusted, pin.TryGetProperty("pending", out var pending) ? new Definition(key, pending.GetString()!) : null)
            : throw new InvalidDataException($"{name}: the definition of {Terminal.Plain(key)} is not the one that was pinned");
    }
}
