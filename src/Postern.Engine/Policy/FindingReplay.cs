using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Policy;

/// <summary>What another policy accepts of a finding that was recorded. URLs are not recorded: suppressions of one cover nothing here.</summary>
public static class FindingReplay
{
    /// <summary>The finding as <paramref name="policy"/> weighs it.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="recorded">What was found, with the rule as it is now.</param>
    /// <param name="origin">Scheme, host and port of the destination; empty when there was none.</param>
    /// <param name="now">Suppressions end by it.</param>
    public static Finding Weigh(SecurityPolicy policy, Finding recorded, string origin, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Acceptance is Acceptance.AtHome)
        {
            return recorded;
        }

        var host = Uri.TryCreate(origin, UriKind.Absolute, out var url) && CanonicalHost.TryParse(Encoding.ASCII.GetBytes(url.Host), out var parsed, out _) ? parsed : default;
        var accepted = Array.Find(policy.Suppressions, suppression => suppression.Expires > now && suppression.Covers(recorded.Rule.Id, recorded.Where, host, string.Empty));
        return recorded with { Acceptance = accepted is null ? Acceptance.None : Acceptance.ByOperator };
    }
}
