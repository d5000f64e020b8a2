namespace Postern.Engine.Monitoring;

/// <summary>Names one state: the monitor it belongs to and a 128-bit hash of what it is about (actor, domain …).</summary>
public readonly record struct SessionKey(int Monitor, UInt128 Subject);
