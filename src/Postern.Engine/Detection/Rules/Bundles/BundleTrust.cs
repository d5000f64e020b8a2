using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Detection.Rules.Bundles;

/// <summary>Whom and what a bundle is held against.</summary>
/// <param name="Keys">Public keys of trusted publishers, 64 lower-case hexadecimal digits each; empty trusts nobody.</param>
/// <param name="Algorithm">Checks signatures.</param>
/// <param name="Engine">The version of this build; a bundle that asks for a later one is refused.</param>
public sealed record BundleTrust(IReadOnlyCollection<string> Keys, IEd25519 Algorithm, Version Engine);
