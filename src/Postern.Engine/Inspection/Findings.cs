using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Known;
using Postern.Engine.Detection.Obstacles;
using Postern.Engine.Detection.Rules;
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

    /// <summary>The longest escape of one character, <c>\u0022</c>; a raw hit may begin within one.</summary>
    private const int MaxEscape = 6;

    /// <summary>Pieces of a stream below this are too many, and say too little each, for the model alone to refuse one.</summary>
    private const int ShortPieceBytes = 512;

    /// <summary>Hits without a place in the message's bytes.</summary>
    public static void Collect(string where, Scratch scratch)
    {
        var hits = scratch.Hits;
        for (var i = 0; i < hits.Count; i++)
        {
            scratch.Findings.Add(Finding.At(where, hits[i].Rule, hits[i].Confidence, hits[i].Detail));
        }

        hits.Clear();
    }

    /// <summary>A rule about the body as a whole, which an operator may accept like any finding in it.</summary>
    public static void Report(Exchange exchange, Message message, Rule rule, Scratch scratch) =>
        scratch.Findings.Add(Weigh(exchange, message, Finding.At("body", rule, rule.Confidence), scratch));

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
    public static void Keep(Exchange exchange, Message message, in SourceSpan span, LocatedHits hits, Scratch scratch)
    {
        for (var i = 0; i < hits.Count; i++)
        {
            Keep(exchange, message, span, hits[i].Hit, hits[i].Place, scratch);
        }
    }

    /// <summary>The hits of a text that does not stand in the message as it was looked at: they stand in all of the stretch it was made of.</summary>
    public static void Spread(Exchange exchange, Message message, in SourceSpan span, Scratch scratch)
    {
        foreach (var pending in scratch.Pending.Concat(scratch.Misses).ToArray())
        {
            Keep(exchange, message, span, pending, new ViewRange(0, span.Length), scratch);
        }

        scratch.Pending.Clear();
        scratch.Misses.Clear();
    }

    /// <summary>An own secret whose shape a rule knows is at home where that rule's finding is, unless the rule takes every host for a home.</summary>
    public static void ExcuseOwn(List<Finding> findings)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            var own = findings[i];
            if (own.Acceptance == Acceptance.None && OwnRules.IsOwn(own.Rule) && findings.Exists(shape => shape.Acceptance == Acceptance.AtHome && !shape.Rule.Homes.Contains(Rule.AnyHome) && Covers(shape, own)))
            {
                findings[i] = own with { Acceptance = Acceptance.AtHome };
            }
        }
    }

    /// <summary>Places found through an encoding are exact to its unit.</summary>
    private static bool Covers(Finding outer, Finding inner)
    {
        const int Unit = 4;
        return outer.Start <= inner.Start + Unit && inner.Start + inner.Length <= outer.Start + outer.Length + Unit;
    }

    /// <summary>A token of the URL that looks random because of the credential at home in it, and in nothing else, is at home as well.</summary>
    public static void ExcuseMeasured(Message message, DestinationPolicy policy, List<Finding> findings)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i] is var token && (token.Rule == UrlRules.EntropyPath || token.Rule == UrlRules.EntropyQuery)
                && IsExplained(message, policy, findings, token))
            {
                findings[i] = token with { Acceptance = Acceptance.AtHome };
            }
        }
    }

    private static bool IsExplained(Message message, DestinationPolicy policy, List<Finding> findings, Finding token)
    {
        foreach (var finding in findings)
        {
            if (finding.Acceptance == Acceptance.AtHome && Explains(message, policy, finding, token))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Explains(Message message, DestinationPolicy policy, Finding credential, Finding token)
    {
        var (start, end) = (credential.Start, credential.Start + credential.Length);
        var before = message.Bytes.Slice(token.Start, Math.Max(0, start - token.Start));
        var after = message.Bytes[Math.Min(end, token.Start + token.Length)..(token.Start + token.Length)];
        return start < token.Start + token.Length && token.Start < end
            && !UrlEntropy.Exceeds(before, policy.EntropyThreshold) && !UrlEntropy.Exceeds(after, policy.EntropyThreshold);
    }

    /// <summary>A finding in place of those that were not kept.</summary>
    public static void AddLost(Scratch scratch)
    {
        if (scratch.LostHits)
        {
            scratch.Findings.Add(Finding.At("message", ShortfallRules.TooManyFindings, Confidence.Certain));
        }
    }

    private static void Keep(Exchange exchange, Message message, in SourceSpan span, in PendingHit pending, ViewRange place, Scratch scratch)
    {
        var start = span.Start + place.Start;
        var known = IndexOf(scratch.Findings, pending.Hit.Rule, start, place.Length);
        if (known >= 0)
        {
            Grow(scratch.Findings, known, pending.Chain, new ViewRange(start, place.Length));
            Raise(scratch.Findings, known, ConfidenceOf(message, pending.Hit));
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
        var finding = new Finding(pending.Hit.Rule, ConfidenceOf(message, pending.Hit), where, pending.Chain.ToString(), start, place.Length, pending.Fingerprint)
        {
            Chain = pending.Chain,
            Detail = pending.Hit.Detail,
        };
        scratch.Findings.Add(Weigh(exchange, message, finding, scratch));
    }

    private static int IndexOf(List<Finding> findings, Rule rule, int start, int length)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            var known = findings[i];
            if (known.Rule == rule && known.Start >= 0 && start < known.Start + Math.Max(1, known.Length) && known.Start < start + Math.Max(1, length))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// A value with an escape in it ends there in the bytes and goes on where the escape is undone: it stands where both say. Views that
    /// put apart things together, or decode a whole run, say nothing about where it ends.
    /// </summary>
    private static void Grow(List<Finding> findings, int index, ViewChain chain, ViewRange place)
    {
        var known = findings[index];
        var end = place.Start + place.Length;
        if (end <= known.Start + known.Length || place.Start < known.Start - MaxEscape || !UndoesEscapes(chain))
        {
            return;
        }

        findings[index] = known with { Length = end - known.Start };
    }

    /// <summary>The view that is surest counts: in raw JSON every string looks quoted, and its leaf says what it says.</summary>
    private static void Raise(List<Finding> findings, int index, Confidence confidence)
    {
        if (confidence > findings[index].Confidence)
        {
            findings[index] = findings[index] with { Confidence = confidence };
        }
    }

    private static bool UndoesEscapes(ViewChain chain)
    {
        for (var i = 0; i < chain.Depth; i++)
        {
            if (chain[i] is not (Decoding.Json or Decoding.Form or Decoding.Multipart or Decoding.Html or Decoding.Escape or Decoding.Percent or Decoding.Entity))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The model's false alarms are budgeted by document: in one of thousands of windows or short pieces of a stream its word alone is a hint.</summary>
    private static Confidence ConfidenceOf(Message message, in Hit hit) =>
        (message.Kind == MessageKind.BodyWindow || (message.Kind == MessageKind.Event && message.ReleasableBody.Length < ShortPieceBytes)) && ReferenceEquals(hit.Rule, RuleCatalogue.LearnedInjection) && hit.Confidence > Confidence.Medium ? Confidence.Medium : hit.Confidence;

    private static Finding Weigh(Exchange exchange, Message message, Finding finding, Scratch scratch)
    {
        var policy = exchange.Policy.Policy;
        if (policy.Suppressions.Length > 0 && SuppressionOf(exchange, message, finding, scratch) is { } accepted)
        {
            return finding with { Acceptance = Acceptance.ByOperator, Note = accepted.Reason };
        }

        return Homes.IsAtHome(policy, message, finding, scratch) ? finding with { Acceptance = Acceptance.AtHome } : finding;
    }

    private static Suppression? SuppressionOf(Exchange exchange, Message message, Finding finding, Scratch scratch)
    {
        var host = scratch.HasTarget ? scratch.JudgedRef.Url.Authority.Host : exchange.Destination?.Authority.Host ?? default;
        var url = PlaceNames.UrlOf(message);
        foreach (var suppression in exchange.Policy.Policy.Suppressions)
        {
            if (suppression.Expires > scratch.Now && suppression.Covers(finding.Rule.Id, finding.Where, host, url))
            {
                return suppression;
            }
        }

        return null;
    }
}
