using System.Text.Json;
using Postern.Program;

namespace Postern.Release;

/// <summary>What the product is made of, as CycloneDX 1.6. Without a time or a random number: the same build has the same list.</summary>
internal static class ProductBom
{
    /// <summary>Prints the document.</summary>
    public static void Print(IReadOnlyList<ResolvedPackage> packages, string version) => Json.PrintObject(writer =>
    {
        writer.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        writer.WriteString("bomFormat", "CycloneDX");
        writer.WriteString("specVersion", "1.6");
        writer.WriteNumber("version", 1);
        writer.WriteStartObject("metadata");
        writer.WriteStartObject("component");
        WriteHead(writer, "application", "postern", version);
        WriteLicence(writer, "Apache-2.0");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteArray("components", packages, static (to, package) =>
        {
            WriteHead(to, "library", package.Name, package.Version);
            to.WriteString("scope", package.IsShipped ? "required" : "excluded");
            to.WriteString("purl", package.Purl);
            to.WriteArray("hashes", [package.Sha512], static (into, hash) =>
            {
                into.WriteString("alg", "SHA-512");
                into.WriteString("content", hash);
            });
            WriteLicence(to, package.Licence);
        });
        writer.WriteArray("dependencies", packages, (to, package) =>
        {
            to.WriteString("ref", ReferenceOf(package.Name, package.Version));
            to.WriteTexts("dependsOn", packages.Where(other => package.Needs.Contains(other.Name, StringComparer.OrdinalIgnoreCase)).Select(static other => ReferenceOf(other.Name, other.Version)));
        });
    });

    private static void WriteHead(Utf8JsonWriter writer, string type, string name, string version)
    {
        writer.WriteString("type", type);
        writer.WriteString("bom-ref", ReferenceOf(name, version));
        writer.WriteString("name", name);
        writer.WriteString("version", version);
    }

    private static string ReferenceOf(string name, string version) => name + "@" + version;

    private static void WriteLicence(Utf8JsonWriter writer, string licence)
    {
        if (licence.Length > 0)
        {
            writer.WriteArray("licenses", [licence], static (to, expression) => to.WriteString("expression", expression));
        }
    }
}
