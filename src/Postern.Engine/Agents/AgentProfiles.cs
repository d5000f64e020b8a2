using System.Net;
using Postern.Engine.Policy;

namespace Postern.Engine.Agents;

/// <summary>
/// The agents that are known. Who somebody is decide, in this order: the listener, the token, the address, and what the
/// operator set for everybody else. A name that an agent gives itself decides nothing.
/// </summary>
public sealed class AgentProfiles
{
    private readonly AgentProfile[] _profiles;
    private readonly string _default;
    private readonly bool _refusesUnknown;

    internal AgentProfiles(AgentProfile[] profiles, string unknown, bool refusesUnknown) => (_profiles, _default, _refusesUnknown) = (profiles, unknown, refusesUnknown);

    /// <summary>Nobody is known, and nobody needs to be.</summary>
    public static AgentProfiles None { get; } = new([], string.Empty, refusesUnknown: false);

    /// <summary>Who it is.</summary>
    public AgentIdentity Identify(in AgentClues clues)
    {
        var listening = Find(clues.Listener);
        var shown = OfToken(clues.Token);
        var known = listening ?? shown ?? OfAddress(clues.Address) ?? Find(_default);
        var claimed = Find(clues.Claim) ?? OfAddress(clues.ClaimedAddress);
        return AgentIdentity.Of(known?.Name ?? string.Empty, clues.Address) with
        {
            Claim = claimed is null || claimed == known ? string.Empty : claimed.Name,
            IsRefused = (known is null && _refusesUnknown) || (listening is null && shown is null && IsWrong(clues.Token)),
        };
    }

    /// <summary>Who somebody is that was known before: a profile may have gone since.</summary>
    public AgentIdentity Again(in AgentIdentity known) => known with { Claim = string.Empty, IsRefused = _refusesUnknown && Find(known.Agent) is null };

    /// <summary>The policy of an agent; null for one that has none of its own.</summary>
    internal SecurityPolicy? PolicyOf(string agent) => Find(agent)?.Policy;

    private AgentProfile? Find(string? name) => string.IsNullOrEmpty(name) ? null : Array.Find(_profiles, profile => profile.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where agents have tokens, one that nobody has is no reason to be taken for somebody else.</summary>
    private bool IsWrong(string? token) => !string.IsNullOrEmpty(token) && Array.Exists(_profiles, static profile => !profile.Tokens.IsEmpty);

    /// <summary>Every token of every agent is compared.</summary>
    private AgentProfile? OfToken(string? token)
    {
        AgentProfile? found = null;
        foreach (var profile in string.IsNullOrEmpty(token) ? [] : _profiles)
        {
            found = profile.Tokens.IndexOf(token) >= 0 ? profile : found;
        }

        return found;
    }

    private AgentProfile? OfAddress(IPAddress? address)
    {
        AgentProfile? found = null;
        var longest = -1;
        foreach (var profile in address is null ? [] : _profiles)
        {
            foreach (var range in profile.Ranges)
            {
                if (range.PrefixLength > longest && range.Contains(address!))
                {
                    (found, longest) = (profile, range.PrefixLength);
                }
            }
        }

        return found;
    }
}
