namespace Postern.Engine.Monitoring;

/// <summary>Names one state: the monitor it belongs to and a 128-bit hash of what it is about (actor, domain …).</summary>
/// <param name="Monitor">The monitor's number.</param>
/// <param name="Subject">The hash.</param>
/// <param name="Actor">Whose state it is, so that it can be forgotten with all of theirs.</param>
public readonly record struct SessionKey(int Monitor, UInt128 Subject, string Actor = "")
{
    // In halves, since code over a value with 128 bits inside is never compiled ahead.
    private readonly ulong _high = (ulong)(Subject >> 64);
    private readonly ulong _low = (ulong)Subject;

    /// <summary>The hash.</summary>
    public UInt128 Subject => new(_high, _low);
}
