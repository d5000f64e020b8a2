namespace Postern.Release;

/// <summary>A package that the product is built with.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">Which of it.</param>
/// <param name="Sha512">The hash that the restore checked, in hex.</param>
/// <param name="Licence">The SPDX expression of its manifest; empty when it names none.</param>
/// <param name="Needs">Ids of the packages it needs.</param>
internal sealed record ResolvedPackage(string Name, string Version, string Sha512, string Licence, IReadOnlyList<string> Needs)
{
    /// <summary>True when something of it is in the product; false when it only took part in the build.</summary>
    public bool IsShipped { get; init; }

    /// <summary>The package URL.</summary>
    public string Purl => $"pkg:nuget/{Name}@{Version}";
}
