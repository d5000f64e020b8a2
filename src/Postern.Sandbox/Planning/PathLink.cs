namespace Postern.Sandbox.Planning;

/// <summary>A symbolic link that stands inside as it stands outside, because a granted path leads through it.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Target">What it says.</param>
public sealed record PathLink(string Path, string Target);
