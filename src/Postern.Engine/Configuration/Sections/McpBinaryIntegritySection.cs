using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Which files a wrapped server may be started from. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record McpBinaryIntegritySection : ISection
{
    /// <summary>Whether the files are compared with the manifest.</summary>
    public bool Enabled { get; init; }

    /// <summary>The manifest.</summary>
    public string ManifestPath { get; init; } = "";

    /// <summary>Who signed the manifest.</summary>
    public string PublicKey { get; init; } = "";

    /// <summary>What a difference does.</summary>
    public ScanAction Action { get; init; } = ScanAction.Block;

    static SectionSchema ISection.Schema => field ??= new(
        "Which files a wrapped server may be started from: the program, the script that its interpreter runs, and the interpreter that a script names.",
        new Field<McpBinaryIntegritySection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether the files are compared with the manifest before the server starts.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<McpBinaryIntegritySection>("manifest_path", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.ManifestPath, (s, v) => s with { ManifestPath = (string)v },
            "The manifest: JSON with version 1 and entries, from absolute path to SHA-256 in hexadecimal. Needed when enabled.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<McpBinaryIntegritySection>("public_key", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.PublicKey, (s, v) => s with { PublicKey = (string)v },
            "Who signed the manifest. A file that begins with the Ed25519 key, 64 hexadecimal digits. The signature over its bytes, 128 hexadecimal digits, stands in a file beside it with .sig behind its name. Empty: an unsigned manifest is believed.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<McpBinaryIntegritySection>("action", Choices.BlockOrWarn, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (ScanAction)v },
            "What a difference does. So does a file that the manifest does not name, and a manifest that cannot be read: block ends with exit code 10 before anything starts, warn says so on standard error.") { IsOutsidePolicy = true, NeedsRestart = true });
}
