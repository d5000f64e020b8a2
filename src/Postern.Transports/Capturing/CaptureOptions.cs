using Postern.Engine.Capturing;

namespace Postern.Transports.Capturing;

/// <summary>How captures are kept.</summary>
/// <param name="Directory">Where.</param>
/// <param name="Terms">What is copied of a message.</param>
/// <param name="MaxFileBytes">When a new file is begun.</param>
/// <param name="MaxTotalBytes">How much is kept in all; the oldest files go.</param>
public sealed record CaptureOptions(string Directory, CaptureTerms Terms, long MaxFileBytes, long MaxTotalBytes);
