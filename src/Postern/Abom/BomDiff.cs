using System.Text.Json;

namespace Postern.Program.Abom;

/// <summary>Compares two CycloneDX documents by what they list. How often something was observed is no difference; that it was, is.</summary>
internal static class BomDiff
{
    private const int MaxFileBytes = 256 * 1024 * 1024;

    /// <summary>Every difference, by name.</summary>
    /// <exception cref="ConfigException">One of the files is no CycloneDX JSON.</exception>
    public static IReadOnlyList<BomChange> Compare(string before, string after)
    {
        var (old, current) = (Read(before), Read(after));
        var changes = new List<BomChange>();
        foreach (var name in old.Keys.Union(current.Keys).Order(StringComparer.Ordinal))
        {
            var (was, isNow) = (old.GetValueOrDefault(name), current.GetValueOrDefault(name));
            if (was is null || isNow is null)
            {
                changes.Add(was is null ? new("added", name, "", Words(isNow!)) : new("removed", name, Words(was), ""));
                continue;
            }

            var (versionsBefore, versionsAfter) = (Versions(was), Versions(isNow));
            if (versionsBefore != versionsAfter)
            {
                changes.Add(new("version", name, versionsBefore, versionsAfter));
            }

            if (Statuses(was) != Statuses(isNow))
            {
                changes.Add(new("status", name, Statuses(was), Statuses(isNow)));
            }
        }

        return changes;
    }

    private static Dictionary<string, SortedSet<(string Version, string Status)>> Read(string path)
    {
        try
        {
            using var document = new FileInfo(path).Length <= MaxFileBytes ? JsonDocument.Parse(File.ReadAllBytes(path)) : throw new ConfigException($"{path}: longer than {MaxFileBytes} bytes");
            var root = document.RootElement;
            if (root.GetProperty("bomFormat").GetString() != "CycloneDX")
            {
                throw new ConfigException($"{path}: not a CycloneDX document");
            }

            var entries = new Dictionary<string, SortedSet<(string, string)>>(StringComparer.Ordinal);
            foreach (var entry in ((string[])["components", "services"]).Where(section => root.TryGetProperty(section, out _)).SelectMany(section => root.GetProperty(section).EnumerateArray()))
            {
                var name = string.Join('/', ((string[])[Fact(entry, "kind") is { Length: > 0 } kind ? kind : Text(entry, "type"), Fact(entry, "ecosystem"), Text(entry, "group"), Text(entry, "name")]).Where(static part => part.Length > 0));
                if (!entries.TryGetValue(name, out var seen))
                {
                    entries[name] = seen = [];
                }

                seen.Add((Text(entry, "version"), Fact(entry, "status")));
            }

            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ConfigException($"{path}: not a CycloneDX document");
        }
    }

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Fact(JsonElement of, string name) => of.TryGetProperty("properties", out var facts)
        ? facts.EnumerateArray().Where(fact => Text(fact, "name") == "postern:" + name).Select(static fact => Text(fact, "value")).FirstOrDefault("")
        : "";

    private static string Versions(SortedSet<(string Version, string Status)> entry) => string.Join(", ", entry.Select(static one => one.Version).Distinct());

    private static string Statuses(SortedSet<(string Version, string Status)> entry) => string.Join(", ", entry.Select(static one => one.Status).Distinct());

    private static string Words(SortedSet<(string Version, string Status)> entry) => string.Join(" ", new[] { Versions(entry), Statuses(entry) }.Where(static word => word.Length > 0));
}
