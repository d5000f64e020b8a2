namespace Postern.Engine.Detection.Rules;

/// <summary>Where a rule matched.</summary>
internal readonly record struct MatchedSpan(int Start, int End, Proof Proof)
{
    public bool Overlaps(in Hit hit) => Start < hit.Start + hit.Length && hit.Start < End;
}
