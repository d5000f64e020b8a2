using System.Text.Json;
using Postern.Program.Hosts.Text;

namespace Postern.Program.Hosts;

/// <summary>What was done to one file of a host, so that it can be undone.</summary>
/// <param name="Path">The file.</param>
/// <param name="Original">What stood there; null when it was missing.</param>
/// <param name="Written">The SHA-256 of what was written.</param>
/// <param name="Touched">The paths of everything that was edited, in this order.</param>
internal sealed record Integration(string Path, byte[]? Original, string Written, IReadOnlyList<string[]> Touched)
{
    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It did not.</exception>
    public static Integration Read(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var original = root.GetProperty("original");
            return new Integration(
                root.GetProperty("path").GetString()!,
                original.ValueKind == JsonValueKind.Null ? null : original.GetBytesFromBase64(),
                root.GetProperty("written").GetString()!,
                [.. root.GetProperty("touched").EnumerateArray().Select(static path => path.EnumerateArray().Select(static name => name.GetString()!).ToArray())]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("it is no record of an integration");
        }
    }

    /// <summary>Writes it down.</summary>
    public byte[] Write()
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("path", Path);
            if (Original is null)
            {
                writer.WriteNull("original");
            }
            else
            {
                writer.WriteBase64String("original", Original);
            }

            writer.WriteString("written", Written);
            writer.WriteStartArray("touched");
            foreach (var path in Touched)
            {
                writer.WriteStartArray();
                foreach (var name in path)
                {
                    writer.WriteStringValue(name);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return json.WrittenSpan.ToArray();
    }

    /// <summary>What somebody edited since, without what was done here: each server that is still wrapped gets its own members back.</summary>
    /// <param name="text">The file as it is.</param>
    /// <param name="original">The file as it was.</param>
    /// <param name="isWrapped">True for the path of a server that is still wrapped.</param>
    public ConfigText Undo(ConfigText text, ConfigText original, Func<ConfigText, string[], bool> isWrapped)
    {
        var wrapped = Touched.GroupBy(static path => string.Join('\0', path[..^1])).Where(group => isWrapped(text, group.First())).SelectMany(static group => group).ToList();
        foreach (var path in wrapped.AsEnumerable().Reverse())
        {
            text = original.Find(path) is { } was ? text.Set(path, original.Raw(was)) : text.Remove(path);
            if (path.Length > 1 && original.Find(path[..^1]) is null && text.Find(path[..^1]) is { Members.Count: 0 })
            {
                text = text.Remove(path[..^1]);
            }
        }

        return text;
    }
}
