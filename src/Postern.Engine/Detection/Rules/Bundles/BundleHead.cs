namespace Postern.Engine.Detection.Rules.Bundles;

/// <summary>What a bundle says about itself, under its publisher's signature.</summary>
/// <param name="Name">3 to 64 lower-case letters, digits and hyphens.</param>
/// <param name="Version">Two to four numbers with points between them.</param>
/// <param name="MinimumEngine">The earliest version of Postern that understands its rules.</param>
public sealed record BundleHead(string Name, Version Version, Version MinimumEngine)
{
    /// <summary>The public key of the publisher, 64 lower-case hexadecimal digits; empty before it is signed.</summary>
    public string Publisher { get; init; } = string.Empty;

    /// <summary>Name and version as the configuration pins them.</summary>
    public string Pin => $"{Name}@{Version}";

    /// <summary>True for a name that a bundle may have; it is also the name of a file.</summary>
    public static bool IsName(string? name) =>
        name is { Length: >= 3 and <= 64 } && name[0] != '-' && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
