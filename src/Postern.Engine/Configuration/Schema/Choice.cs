namespace Postern.Engine.Configuration.Schema;

/// <summary>A word of the vocabulary and the value it stands for.</summary>
/// <param name="Name">As written in the file.</param>
/// <param name="Value">The boxed enum value.</param>
internal sealed record Choice(string Name, object Value);
