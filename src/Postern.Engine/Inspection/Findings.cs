using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>Turns hits into findings: where they stand in the message, and whether they cost anything there.</summary>
internal static class Findings
{
    /// <summary>Findings kept per message; a flood beyond it changes no verdict.</summary>
    public const int Max = 128;

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
        if (scratch.Pending.Count == 0)
        {
            return;
        }

        var source = MessageSources.ViewOf(message, span);
        foreach (var pending in scratch.Pending)
        {
            var (start, length) = pending.Ordinal < 0
                ? (pending.Hit.Start, 0)
                : scratch.Views.Locate(source, pending.Chain, pending.Ordinal, pending.Hit.Start, pending.Hit.Length);
            if (scratch.Findings.Count < Max && !IsKnown(scratch.Findings, pending.Hit.Rule, span.Start + start, length))
            {
                var where = PlaceNames.Clean(PlaceNames.Of(message, span, start, scratch.Views), span, exchange.Policy.Policy.Detectors);
                var finding = new Finding(
                    pending.Hit.Rule, pending.Hit.Confidence, where, pending.Chain.ToString(), span.Start + start, length, pending.Fingerprint);
                scratch.Findings.Add(Weigh(exchange, message, finding, scratch));
            }
        }

        scratch.Pending.Clear();
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
