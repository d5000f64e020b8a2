using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Postern.Program.Integrity;

/// <summary>Which files there were, by their SHA-256 and mode: the format of <c>mcp_binary_integrity</c>, with paths that start at the manifest's folder.</summary>
/// <param name="Files">Path to digest and mode.</param>
internal sealed record WorkspaceManifest(SortedDictionary<string, (string Digest, string Mode)> Files)
{
    private const int Version = 1;

    /// <summary>The files as they are now.</summary>
    /// <param name="files">Full paths.</param>
    /// <param name="folder">Where the manifest is.</param>
    public static WorkspaceManifest Of(IEnumerable<string> files, string folder)
    {
        var entries = new SortedDictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            entries[Path.GetRelativePath(folder, file).Replace('\\', '/')] = (Convert.ToHexStringLower(SHA256.HashData(stream)), ModeOf(file));
        }

        return new WorkspaceManifest(entries);
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="ConfigException">It is none.</exception>
    public static WorkspaceManifest Read(byte[] json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
            {
                throw new ConfigException($"{path}: a manifest of another version");
            }

            var modes = root.GetProperty("modes");
            var entries = new SortedDictionary<string, (string, string)>(StringComparer.Ordinal);
            foreach (var entry in root.GetProperty("entries").EnumerateObject())
            {
                entries[entry.Name] = (entry.Value.GetString()!, modes.TryGetProperty(entry.Name, out var mode) ? mode.GetString()! : "");
            }

            return new WorkspaceManifest(entries);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ConfigException($"{path}: no manifest");
        }
    }

    /// <summary>Writes it down.</summary>
    public byte[] Write()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            Write(writer, "entries", static file => file.Digest);
            Write(writer, "modes", static file => file.Mode);
            writer.WriteEndObject();
        }

        return [.. json.WrittenSpan, (byte)'\n'];
    }

    /// <summary>What is different now, in the order of the paths.</summary>
    public IEnumerable<(string Path, string What)> ChangesTo(WorkspaceManifest now)
    {
        foreach (var path in Files.Keys.Union(now.Files.Keys).Order(StringComparer.Ordinal))
        {
            var change = (Files.TryGetValue(path, out var was), now.Files.TryGetValue(path, out var isNow)) switch
            {
                (false, _) => "added",
                (_, false) => "removed",
                _ when was.Digest != isNow.Digest => "changed",
                _ when was.Mode != isNow.Mode => $"mode {was.Mode} is now {isNow.Mode}",
                _ => "",
            };
            if (change.Length > 0)
            {
                yield return (path, change);
            }
        }
    }

    private void Write(Utf8JsonWriter writer, string name, Func<(string Digest, string Mode), string> of)
    {
        writer.WriteStartObject(name);
        foreach (var (path, file) in Files)
        {
            writer.WriteString(path, of(file));
        }

        writer.WriteEndObject();
    }

    private static string ModeOf(string file) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(file), 8).PadLeft(4, '0');
}
