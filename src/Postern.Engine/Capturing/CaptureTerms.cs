namespace Postern.Engine.Capturing;

/// <summary>How much of a message is copied.</summary>
/// <param name="MaxMessageBytes">Longer messages are cut there, and the copy says so.</param>
/// <param name="IsRaw">True to keep secrets; else each is replaced by a placeholder, and of a message in which that cannot be done nothing but its record is kept.</param>
public sealed record CaptureTerms(int MaxMessageBytes, bool IsRaw);
