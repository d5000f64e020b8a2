namespace Postern.Program.Posture;

/// <summary>What keeps a score from being better, however many points there are.</summary>
/// <param name="Highest">The best score that is left.</param>
/// <param name="Reason">Why.</param>
internal sealed record ScoreCap(int Highest, string Reason);
