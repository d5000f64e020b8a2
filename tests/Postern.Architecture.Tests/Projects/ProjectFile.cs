using System.Xml.Linq;

namespace Postern.Architecture.Tests.Projects;

/// <summary>What one project file, or the props file above all of them, asks for.</summary>
internal sealed class ProjectFile
{
    private readonly XDocument _xml;

    public ProjectFile(string xml) => _xml = XDocument.Parse(xml);

    /// <summary>Names of the projects it references, without folder and extension; one that only runs during the build is no reference.</summary>
    public IEnumerable<string> Projects => Items("ProjectReference")
        .Where(item => !string.Equals(Setting(item, "ReferenceOutputAssembly"), "false", StringComparison.OrdinalIgnoreCase))
        .Select(item => Path.GetFileNameWithoutExtension(Include(item).Replace('\\', '/')));

    /// <summary>Packages that are there at run time; analyzers and build tasks (<c>PrivateAssets="all"</c>) are not.</summary>
    public IEnumerable<string> RunTimePackages => Items("PackageReference")
        .Where(item => !string.Equals(Setting(item, "PrivateAssets"), "all", StringComparison.OrdinalIgnoreCase))
        .Select(Include);

    /// <summary>Shared frameworks beyond the base one.</summary>
    public IEnumerable<string> Frameworks => Includes("FrameworkReference");

    /// <summary>Assemblies referenced by file or by name.</summary>
    public IEnumerable<string> LooseAssemblies => Includes("Reference");

    /// <summary>Assemblies that see this one's internals.</summary>
    public IEnumerable<string> Friends => Includes("InternalsVisibleTo");

    private IEnumerable<string> Includes(string item) => Items(item).Select(Include);

    private IEnumerable<XElement> Items(string item) => _xml.Descendants().Where(element => element.Name.LocalName == item);

    private static string Include(XElement item) => Setting(item, "Include") ?? Setting(item, "Update") ?? "";

    private static string? Setting(XElement item, string name) =>
        item.Attribute(name)?.Value ?? item.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;
}
