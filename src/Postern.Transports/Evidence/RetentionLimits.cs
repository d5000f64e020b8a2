namespace Postern.Transports.Evidence;

/// <summary>How long evidence is kept.</summary>
/// <param name="Age">Files whose last record is older are deleted; zero for never.</param>
/// <param name="Bytes">The oldest files are deleted until no more than this is left; 0 for without bound.</param>
/// <param name="IsHeld">True when nothing is deleted.</param>
public sealed record RetentionLimits(TimeSpan Age, long Bytes, bool IsHeld);
