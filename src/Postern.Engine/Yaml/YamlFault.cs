namespace Postern.Engine.Yaml;

/// <summary>Why a text is not the YAML we read.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Message">One sentence without values from the file.</param>
public sealed record YamlFault(int Line, int Column, string Message);
