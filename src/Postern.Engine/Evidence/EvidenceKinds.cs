namespace Postern.Engine.Evidence;

/// <summary>What kinds of records have in common.</summary>
public static class EvidenceKinds
{
    /// <summary>True for what was decided about traffic; false for what Postern says about itself.</summary>
    public static bool IsOfTraffic(this EvidenceKind kind) => kind is not (EvidenceKind.Event or EvidenceKind.Manifest);
}
