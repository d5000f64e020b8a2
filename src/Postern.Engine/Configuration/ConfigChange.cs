namespace Postern.Engine.Configuration;

/// <summary>One setting that differs between two configurations.</summary>
/// <param name="Key">The full key; items of lists stand in brackets by name: <c>dlp.patterns[acme].regex</c>.</param>
/// <param name="Before">The old value as YAML on one line; <c>(absent)</c> for a new item. Secrets are placeholders.</param>
/// <param name="After">The new value likewise.</param>
/// <param name="Effect">What it does to protection.</param>
/// <param name="NeedsRestart">True when a running program keeps the old value until it starts again.</param>
public sealed record ConfigChange(string Key, string Before, string After, ChangeEffect Effect, bool NeedsRestart);
