using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Somebody whose rule bundles are accepted. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Name">What messages call the key.</param>
/// <param name="PublicKey">The Ed25519 public key.</param>
public sealed record TrustedKey(
    string Name = "",
    string PublicKey = "")
{
    internal static SectionSchema Schema => field ??= new(
        "Somebody whose rule bundles are accepted.",
        static () => new TrustedKey(),
        new Field<TrustedKey>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What messages call the key.") { IsRequired = true },
        new Field<TrustedKey>("public_key", KindOf.Text(TextFormats.PublicKey), Weakens.WhenChanged,
            s => s.PublicKey, (s, v) => s with { PublicKey = (string)v },
            "The Ed25519 public key.") { IsRequired = true });
}
