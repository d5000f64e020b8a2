namespace Postern.Program.Abom;

/// <summary>What a configuration of Postern says that its agents need.</summary>
internal static class DeclaredHosts
{
    /// <summary>Reads the hosts of <c>api_allowlist</c> as they are written: those that are only a default declare nothing.</summary>
    public static void Read(BillOfMaterials bom, string path, string shown)
    {
        foreach (var host in ConfigFile.Read(path).Config!.ApiAllowlist)
        {
            bom.Of(BomKind.Host, host.ToLowerInvariant()).Declared.Add(shown);
        }
    }
}
