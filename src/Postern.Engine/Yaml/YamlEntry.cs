namespace Postern.Engine.Yaml;

/// <summary>One key of a mapping with its value. A class: lists of a struct of ours would be compiled at every start.</summary>
/// <param name="Key">The key's scalar; it carries the position.</param>
/// <param name="Value">What stands behind the colon.</param>
public sealed record YamlEntry(YamlNode Key, YamlNode Value);
