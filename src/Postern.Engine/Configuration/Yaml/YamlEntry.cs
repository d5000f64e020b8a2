namespace Postern.Engine.Configuration.Yaml;

/// <summary>One key of a mapping with its value.</summary>
/// <param name="Key">The key's scalar; it carries the position.</param>
/// <param name="Value">What stands behind the colon.</param>
internal readonly record struct YamlEntry(YamlNode Key, YamlNode Value);
