namespace Postern.Engine.Yaml;

/// <summary>The outcome of reading one text.</summary>
/// <param name="Root">The only document; null when the text holds none or its structure is broken. Not to be used with faults, except to find more.</param>
/// <param name="Faults">Everything that is wrong with it, in order of position; empty when it may be used.</param>
public sealed record YamlDocument(YamlNode? Root, IReadOnlyList<YamlFault> Faults);
