namespace Postern.Engine.Detection.Rules.Bundles;

/// <summary>
/// A bundle is one file: lines that describe it, the signature of exactly these lines, an empty line, and the rule files one after
/// the other. The lines name each file with its length and SHA-256, so the signature holds all of it.
/// </summary>
internal static class BundleFormat
{
    /// <summary>The first line. It also separates these signatures from every other use of a key.</summary>
    public const string Magic = "postern-rule-bundle 1";

    /// <summary>The most rule files.</summary>
    public const int MaxFiles = 64;

    /// <summary>The line before which everything is signed.</summary>
    public const string Signature = "signature ";
}
