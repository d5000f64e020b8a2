namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>How far apart the calls of a chain may be.</summary>
/// <param name="Window">Calls looked back at, 2 to <see cref="CallHistory.Capacity"/>, the newest included.</param>
/// <param name="Seconds">Age of the oldest.</param>
/// <param name="Gap">Other calls between two steps, 0 or more.</param>
internal readonly record struct ChainBounds(int Window, int Seconds, int Gap);
