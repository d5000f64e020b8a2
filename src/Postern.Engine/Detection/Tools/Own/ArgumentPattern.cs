namespace Postern.Engine.Detection.Tools.Own;

/// <summary>What a rule says about arguments.</summary>
/// <param name="Key">The name of the outermost argument; empty for all.</param>
/// <param name="Value">What a value contains; empty for any.</param>
internal readonly record struct ArgumentPattern(string Key, string Value);
