namespace Postern.Engine.Evidence;

/// <summary>Names one record: the first 32 bits of its chain's id, and its place in the chain.</summary>
public readonly record struct EvidenceId(uint Chain, long Sequence)
{
    /// <summary>As refusals print it and <c>postern explain</c> takes it, for example <c>ev-1a2b3c4d-17</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ev-{Chain:x8}-{Sequence}");
}
