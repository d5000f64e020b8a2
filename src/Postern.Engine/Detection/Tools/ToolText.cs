namespace Postern.Engine.Detection.Tools;

/// <summary>One text of a call's arguments.</summary>
/// <param name="Key">The name of the outermost argument that holds it.</param>
/// <param name="Name">The name that stands right before it.</param>
/// <param name="Where">Its place, for example <c>args$.list[0]</c>.</param>
/// <param name="Text">The text.</param>
internal sealed record ToolText(string Key, string Name, string Where, string Text);
