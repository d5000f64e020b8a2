using Postern.Engine.Detection;
using Postern.Engine.Detection.Obstacles;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>Turns hits into findings: where they stand in the message, and whether they cost anything there.</summary>
internal static class Findings
{
    /// <summary>Findings kept per message; one more that could refuse is a finding of its own.</summary>
    public const int Max = 128;

    /// <summary>Findings of a body whose place is named to the leaf; naming reads the body again.</summary>
    private const int MaxNamed = 16;

    /// <summary>Hits without a place in the message's bytes.</summary>
    public static void Collect(string where, Scratch scratch)
    {
        var hits = scratch.Hits;
        for (var i = 0; i < hits.Count; i++)
        {
            scratch.Findings.Add(new Finding(hits[i].Rule, hits[i].Confidence, where, string.Empty, -1, 0, string.Empty));
        }

        hits.Clear();
    }

    /// <summary>Hits whose places count from the start of a stretch of the message.</summary>
    public static void Place(Message message, in SourceSpan span, Scratch scratch)
    {
        var hits = scratch.Hits;
        for (var i = 0; i < hits.Count; i++)
        {
            var where = PlaceNames.Of(message, span, hits[i].Start, scratch.Views);
            scratch.Findings.Add(new Finding(hits[i].Rule, hits[i].Confidence, where, "raw", span.Start + hits[i].Start, hits[i].Length, string.Empty));
        }

        hits.Clear();
    }

    /// <summary>The hits of one stretch: located in the message, named, and told apart from what was found already.</summary>
    public static void Locate(Exchange exchange, Message message, in SourceSpan span, Scratch scratch)
    {
        if (scratch.Pending.Count + scratch.Misses.Count == 0)
        {
            return;
        }

        var source = MessageSources.ViewOf(message, span);
        foreach (var miss in scratch.Misses)
        {
            Keep(exchange, message, span, miss, new ViewRange(miss.Hit.Start, 0), scratch);
        }

        var wanted = new ViewPlace[scratch.Pending.Count];
        for (var i = 0; i < wanted.Length; i++)
        {
            var pending = scratch.Pending[i];
            wanted[i] = new ViewPlace(pending.Ordinal, pending.Hit.Start, pending.Hit.Length);
        }

        var found = new ViewRange[wanted.Length];
        scratch.Views.Locate(source, wanted, found);
        for (var i = 0; i < found.Length; i++)
        {
            Keep(exchange, message, span, scratch.Pending[i], found[i], scratch);
        }

        scratch.Pending.Clear();
        scratch.Misses.Clear();
    }

    /// <summary>A finding in place of those that were not kept.</summary>
    public static void AddLost(Scratch scratch)
    {
        if (scratch.LostHits)
        {
            scratch.Findings.Add(new Finding(ShortfallRules.TooManyFindings, Confidence.Certain, "message", string.Empty, -1, 0, string.Empty));
        }
    }

    private static void Keep(Exchange exchange, Message message, in SourceSpan span, in PendingHit pending, ViewRange place, Scratch scratch)
    {
        var start = span.Start + place.Start;
        if (IsKnown(scratch.Findings, pending.Hit.Rule, start, place.Length))
        {
            return;
        }

        if (scratch.Findings.Count >= Max)
        {
            scratch.NoteLost(pending.Hit.Rule, message.Direction);
            return;
        }

        var where = span.Kind != PartKind.Body || scratch.Findings.Count < MaxNamed
            ? PlaceNames.Clean(PlaceNames.Of(message, span, place.Start, scratch.Views), span, exchange.Policy.Policy.Detectors)
            : PlaceNames.Plain(span);
        var finding = new Finding(pending.Hit.Rule, pending.Hit.Confidence, where, pending.Chain.ToString(), start, place.Length, pending.Fingerprint) { Detail = pending.Hit.Detail };
        scratch.Findings.Add(Weigh(exchange, message, finding, scratch));
    }

    private static bool IsKnown(List<Finding> findings, Rule rule, int start, int length)
    {
        foreach (var known in findings)
        {
            if (known.Rule == rule && known.Start >= 0 && start < known.Start + Math.Max(1, known.Length) && known.Start < start + Math.Max(1, length))
            {
                return true;
            }
        }

        return false;
    }

    private static Finding Weigh(Exchange exchange, Message message, Finding finding, Scratch scratch)
    {
        var policy = exchange.Policy.Policy;
        if (policy.Suppressions.Length > 0 && IsSuppressed(exchange, message, finding, scratch))
        {
            return finding with { Acceptance = Acceptance.ByOperator };
        }

        return Homes.IsAtHome(policy, message, finding, scratch) ? finding with { Acceptance = Acceptance.AtHome } : finding;
    }

    private static bool IsSuppressed(Exchange exchange, Message message, Finding finding, Scratch scratch)
    {
        var host = scratch.HasTarget ? scratch.JudgedRef.Url.Authority.Host : exchange.Destination?.Authority.Host ?? default;
        var url = PlaceNames.UrlOf(message);
        foreach (var suppression in exchange.Policy.Policy.Suppressions)
        {
            if (suppression.Covers(finding.Rule.Id, finding.Where, host, url))
            {
                return true;
            }
        }

        return false;
    }
}
