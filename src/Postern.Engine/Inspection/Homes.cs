using System.Runtime.CompilerServices;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>
/// A credential in the place made for it, on its way to the service that issued it, is not a leak: it is how the
/// service is used. Everywhere else the same credential is one.
/// </summary>
internal static class Homes
{
    /// <summary>Every call of an API with its own key comes here; a rule's set is made once and goes with the rule.</summary>
    private static readonly ConditionalWeakTable<Rule, HomeSet> s_homes = [];

    public static bool IsAtHome(SecurityPolicy policy, Message message, Finding finding, Scratch scratch)
    {
        if (finding.Rule is not { Category: RuleCategory.Secret, Homes.Count: > 0 }
            || message.Direction != Direction.Outbound
            || scratch.JudgedRef is not { NeedsAddresses: true, Url.Scheme: UrlScheme.Https or UrlScheme.Wss })
        {
            return false;
        }

        var homes = s_homes.GetValue(finding.Rule, static rule => new HomeSet(rule));
        var host = scratch.JudgedRef.Url.Authority.Host;
        return IsCredentialHeader(policy, finding.Where)
            ? IsBearer(homes, finding.Where) || homes.TakesInHeader(host)
            : message.TryFind(PartKind.Url, out var url) && IsInPlace(homes, message, finding, url, scratch);
    }

    /// <summary>A token of unknown issuer is at home where tokens are presented, and in no other header that may hold credentials.</summary>
    private static bool IsBearer(HomeSet homes, string where) => homes.TakesAnyHost && where is ("header:authorization" or "header:cookie");

    private static bool IsCredentialHeader(SecurityPolicy policy, string where)
    {
        const string Prefix = "header:";
        return where.StartsWith(Prefix, StringComparison.Ordinal)
            && Array.IndexOf(policy.CredentialHeaders, where[Prefix.Length..]) >= 0;
    }

    /// <summary>The path, the query parameter or the field of the body that the whole finding lies in takes it.</summary>
    private static bool IsInPlace(HomeSet homes, Message message, Finding finding, in Part url, Scratch scratch)
    {
        ref readonly var judged = ref scratch.JudgedRef;
        var text = message.Of(url);
        var path = text[judged.Url.Path];
        var (start, end) = (finding.Start - url.Start, finding.Start - url.Start + finding.Length);
        if (start >= 0 && end <= text.Length)
        {
            // Some shapes begin with the mark in front of the parameter, some with the host in front of the path.
            var query = judged.Url.Query.GetOffsetAndLength(text.Length);
            return start >= query.Offset - 1 && query.Length > 0
                ? homes.TakesIn(HomeKind.Query, judged.Url.Authority.Host, path, NameOf(text[judged.Url.Query], Math.Max(0, start - query.Offset), end - query.Offset))
                : end <= judged.Url.Path.End.Value && homes.TakesIn(HomeKind.Path, judged.Url.Authority.Host, path, default);
        }

        return message.FactsRef.Whole && message.TryFind(PartKind.Body, out var body)
            && finding.Start >= body.Start && finding.Start + finding.Length <= body.Start + body.Length
            && homes.TakesIn(HomeKind.Field, judged.Url.Authority.Host, path, FieldOf(message, finding, body, scratch));
    }

    private static ReadOnlySpan<byte> FieldOf(Message message, Finding finding, in Part body, Scratch scratch)
    {
        var start = finding.Start - body.Start;
        var content = message.FactsRef.Content;
        if (content == ContentKind.Form)
        {
            return NameOf(message.Of(body), start, start + finding.Length);
        }

        if (content != ContentKind.Json)
        {
            return default;
        }

        const string Root = "$.";
        var source = MessageSources.ViewOf(message, new SourceSpan(PartKind.Body, body.Start, body.Length));
        var name = scratch.Views.Describe(source, start);
        return name == scratch.Views.Describe(source, start + finding.Length - 1) && name.StartsWith(Root, StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(name[Root.Length..])
            : default;
    }

    /// <summary>The name of the one parameter that holds all of start to end; empty when there is none.</summary>
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> form, int start, int end)
    {
        start += start < form.Length && form[start] == (byte)'&' ? 1 : 0;
        if (start >= end || end > form.Length)
        {
            return default;
        }

        var from = form[..start].LastIndexOf((byte)'&') + 1;
        var length = form[from..].IndexOf((byte)'&');
        var parameter = length < 0 ? form[from..] : form.Slice(from, length);
        var equals = parameter.IndexOf((byte)'=');
        return end > from + parameter.Length || equals < 0 ? default : parameter[..equals];
    }
}
