namespace Postern.Engine.Detection.Rules.Bundles;

/// <summary>What became of a bundle: it holds, or every reason why it does not.</summary>
/// <param name="Bundle">The bundle; null exactly when there are errors.</param>
/// <param name="Errors">A sentence each.</param>
/// <param name="IsUnsound">True when the bytes are not what a trusted publisher signed; false when they are, and something else is wrong.</param>
public sealed record BundleOpening(RuleBundle? Bundle, IReadOnlyList<string> Errors, bool IsUnsound);
