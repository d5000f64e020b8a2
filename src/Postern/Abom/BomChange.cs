namespace Postern.Program.Abom;

/// <summary>One difference between two bills of materials.</summary>
/// <param name="Change">added, removed, version or status.</param>
/// <param name="Entry">What it is about.</param>
/// <param name="Before">How it was; empty for something added.</param>
/// <param name="After">How it is; empty for something removed.</param>
internal sealed record BomChange(string Change, string Entry, string Before, string After);
