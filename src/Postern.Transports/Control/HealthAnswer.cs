namespace Postern.Transports.Control;

/// <summary>What <c>/health</c> said.</summary>
/// <param name="Status">The HTTP status; 0 when the answer is not HTTP.</param>
/// <param name="IsPostern">True when the answer looks like ours.</param>
/// <param name="HasLostEvidence">True when it refuses everything because it can keep no records.</param>
public readonly record struct HealthAnswer(int Status, bool IsPostern, bool HasLostEvidence)
{
    /// <summary>True when Postern is there and does its work.</summary>
    public bool IsWell => IsPostern && Status == 200;
}
