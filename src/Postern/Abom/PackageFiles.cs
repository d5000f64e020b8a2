using System.Buffers;
using System.Text.Json;

namespace Postern.Program.Abom;

/// <summary>Lock files and manifests of packages. Names and versions are taken over only where they are spelled like some: a source with a credential in it is neither.</summary>
internal sealed class PackageFiles
{
    private const int MaxText = 214;

    private static readonly SearchValues<char> s_spelling = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+~^*<>=! |,");

    private static readonly SearchValues<char> s_range = SearchValues.Create("~^*<>=! |,");

    private static readonly SearchValues<char> s_endsName = SearchValues.Create("=<>!~;[ \t");

    private readonly BillOfMaterials _bom;
    private readonly string _ecosystem;

    private PackageFiles(BillOfMaterials bom, string ecosystem) => (_bom, _ecosystem) = (bom, ecosystem);

    /// <summary>What reads a file of this name; null for any other file.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="bom">Where packages go.</param>
    /// <param name="isLocked">True when a lock file beside a manifest says more than the manifest.</param>
    public static Action<string, string>? ReaderOf(string name, BillOfMaterials bom, bool isLocked) => name switch
    {
        "package-lock.json" => new PackageFiles(bom, "npm").ReadNpmLock,
        "package.json" when !isLocked => new PackageFiles(bom, "npm").ReadNpm,
        "packages.lock.json" => new PackageFiles(bom, "nuget").ReadNuget,
        "Cargo.lock" => new PackageFiles(bom, "cargo").ReadToml,
        "poetry.lock" or "uv.lock" => new PackageFiles(bom, "pypi").ReadToml,
        "go.mod" => new PackageFiles(bom, "golang").ReadGo,
        _ when name.StartsWith("requirements", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal) => new PackageFiles(bom, "pypi").ReadRequirements,
        _ => null,
    };

    private void ReadNpmLock(string text, string shown) => ReadMembers(text, "packages", (path, package) =>
    {
        const string Folder = "node_modules/";
        if (path.LastIndexOf(Folder, StringComparison.Ordinal) is var at and >= 0 && package.ValueKind == JsonValueKind.Object && package.TryGetProperty("version", out var version))
        {
            Add(path[(at + Folder.Length)..], version.GetString() ?? "", shown);
        }
    });

    private void ReadNpm(string text, string shown)
    {
        foreach (var section in (string[])["dependencies", "devDependencies", "optionalDependencies"])
        {
            ReadMembers(text, section, (name, version) => Add(name, version.ValueKind == JsonValueKind.String ? version.GetString()! : "", shown));
        }
    }

    private void ReadNuget(string text, string shown) => ReadMembers(text, "dependencies", (_, framework) =>
    {
        foreach (var package in framework.EnumerateObject())
        {
            if (package.Value.TryGetProperty("resolved", out var version))
            {
                Add(package.Name, version.GetString() ?? "", shown);
            }
        }
    });

    private void ReadToml(string text, string shown)
    {
        var name = "";
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line is "[[package]]")
            {
                name = "";
            }
            else if (line.StartsWith("name = \"") && name.Length == 0)
            {
                name = line[8..].TrimEnd('"').ToString();
            }
            else if (line.StartsWith("version = \"") && name.Length > 0)
            {
                Add(name, line[11..].TrimEnd('"').ToString(), shown);
                name = "";
            }
        }
    }

    private void ReadGo(string text, string shown)
    {
        var isInside = false;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            isInside = line is "require (" || (isInside && line is not ")");
            var words = (line.StartsWith("require ", StringComparison.Ordinal) ? line[8..] : isInside ? line : "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && words[1].StartsWith('v'))
            {
                Add(words[0], words[1], shown);
            }
        }
    }

    private void ReadRequirements(string text, string shown)
    {
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Split('#')[0].Trim();
            var end = line.AsSpan().IndexOfAny(s_endsName);
            var name = end < 0 ? line : line[..end];
            var pinned = line.IndexOf("==", StringComparison.Ordinal);
            Add(name, pinned < 0 ? "" : line[(pinned + 2)..].Split(';', ' ')[0], shown);
        }
    }

    private static void ReadMembers(string text, string section, Action<string, JsonElement> take)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(section, out var members) && members.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in members.EnumerateObject())
            {
                take(member.Name, member.Value);
            }
        }
    }

    private void Add(string name, string version, string shown)
    {
        // Scopes and module paths have segments; a version has none, and an address has a colon.
        if (name.Length is 0 or > MaxText || !char.IsLetterOrDigit(name.TrimStart('@')[0]) || name.AsSpan().TrimStart('@').ToString().Replace("/", "", StringComparison.Ordinal).AsSpan().ContainsAnyExcept(s_spelling))
        {
            return;
        }

        var isVersion = version.Length is > 0 and <= MaxText && !version.AsSpan().ContainsAnyExcept(s_spelling);
        var isRange = isVersion && version.AsSpan().ContainsAny(s_range);
        var entry = _bom.Of(BomKind.Package, name, _ecosystem, isVersion && !isRange ? version : "");
        entry.Declared.Add(shown);
        if (isRange)
        {
            entry.Facts["range"] = version;
        }
    }
}
