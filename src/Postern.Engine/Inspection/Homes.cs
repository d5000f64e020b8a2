using System.Runtime.CompilerServices;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>
/// A credential in the header made for credentials, on its way to the service that issued it, is not a leak: it is how the
/// service is used. Everywhere else the same credential is one.
/// </summary>
internal static class Homes
{
    /// <summary>Every call of an API with its own key comes here; a rule's set is made once and goes with the rule.</summary>
    private static readonly ConditionalWeakTable<Rule, DomainSet> s_homes = [];

    public static bool IsAtHome(SecurityPolicy policy, Message message, Finding finding, Scratch scratch) =>
        finding.Rule is { Category: RuleCategory.Secret, Homes.Count: > 0 }
        && message.Direction == Direction.Outbound
        && scratch.JudgedRef is { NeedsAddresses: true, Url.Scheme: UrlScheme.Https or UrlScheme.Wss }
        && IsCredentialHeader(policy, finding.Where)
        && (IsBearer(finding) || IsHome(finding.Rule, scratch.JudgedRef.Url.Authority.Host));

    /// <summary>A token of unknown issuer is at home where tokens are presented, and in no other header that may hold credentials.</summary>
    private static bool IsBearer(Finding finding) =>
        finding.Rule.Homes.Contains(Rule.AnyHome) && finding.Where is ("header:authorization" or "header:cookie");

    private static bool IsHome(Rule rule, in CanonicalHost host) =>
        !rule.Homes.Contains(Rule.AnyHome) && s_homes.GetValue(rule, static rule => DomainSet.Parse(rule.Homes)).Contains(host);

    private static bool IsCredentialHeader(SecurityPolicy policy, string where)
    {
        const string Prefix = "header:";
        return where.StartsWith(Prefix, StringComparison.Ordinal)
            && Array.IndexOf(policy.CredentialHeaders, where[Prefix.Length..]) >= 0;
    }
}
