using System.Text.Json;
using System.Xml.Linq;

namespace Postern.Release;

/// <summary>What a restore resolved: <c>project.assets.json</c>, and the manifests of the packages it names.</summary>
internal static class ResolvedPackages
{
    /// <summary>Every package, by name.</summary>
    public static IReadOnlyList<ResolvedPackage> In(string assetsFile)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
        var folder = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        var graph = assets.RootElement.GetProperty("targets").EnumerateObject().First().Value;
        return
        [
            .. assets.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(static library => library.Value.GetProperty("type").ValueEquals("package"))
                .Select(library => Read(library, graph, folder)).OrderBy(static package => package.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static ResolvedPackage Read(JsonProperty library, JsonElement graph, string folder)
    {
        var (name, version) = library.Name.Split('/') is [var id, var number] ? (id, number) : throw new InvalidDataException(library.Name);
        var needs = graph.TryGetProperty(library.Name, out var node) && node.TryGetProperty("dependencies", out var of)
            ? of.EnumerateObject().Select(static need => need.Name).ToList()
            : [];
        var hash = Convert.ToHexStringLower(library.Value.GetProperty("sha512").GetBytesFromBase64());
        return new ResolvedPackage(name, version, hash, LicenceIn(Path.Join(folder, library.Value.GetProperty("path").GetString()), name), needs)
        {
            IsShipped = node.ValueKind == JsonValueKind.Object && node.TryGetProperty("runtime", out _),
        };
    }

    private static string LicenceIn(string package, string name)
    {
        var manifest = XDocument.Load(Path.Join(package, name.ToLowerInvariant() + ".nuspec"));
        var licence = manifest.Descendants().FirstOrDefault(static element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression" ? licence.Value : "";
    }
}
