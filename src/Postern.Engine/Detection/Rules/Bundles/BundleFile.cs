namespace Postern.Engine.Detection.Rules.Bundles;

/// <summary>One rule file of a bundle.</summary>
/// <param name="Name">Its name without folders, ending in <c>.yaml</c>.</param>
/// <param name="Bytes">Its text, UTF-8.</param>
public sealed record BundleFile(string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>True for a name that a rule file may have.</summary>
    public static bool IsName(string? name) => name is { Length: > 5 and <= 64 } && name.EndsWith(".yaml", StringComparison.Ordinal)
        && name[0] != '.' && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');
}
