namespace Postern.Engine.Policy;

/// <summary>Holds the policy in force. Exchanges pin what they read here once; a swap never changes a running one.</summary>
public sealed class PolicyHolder(PolicySnapshot first)
{
    private volatile PolicySnapshot _current = first;

    /// <summary>The policy for exchanges that begin now.</summary>
    public PolicySnapshot Current => _current;

    /// <summary>Puts <paramref name="policy"/> in force under the next revision.</summary>
    public PolicySnapshot Swap(SecurityPolicy policy, string hash) =>
        _current = new PolicySnapshot(_current.Revision + 1, hash, policy);
}
