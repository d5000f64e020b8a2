using Postern.Engine.Detection;
using Postern.Engine.Editing;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Media;
using Postern.Engine.Views;

namespace Postern.Engine.Pages;

/// <summary>Plans what is cut out of a page: traps that nobody sees, pixels that tell somebody that the page was seen.</summary>
internal static class PageShield
{
    /// <summary>Most cuts in one page; one that needs more is refused, since it would be shown with the rest in it.</summary>
    private const int MaxCuts = 4096;

    /// <summary>Plans; the cuts stand in the scratch.</summary>
    public static void Run(Exchange exchange, Message message, Scratch scratch)
    {
        var policy = exchange.Policy.Policy;
        if (!policy.Shield.IsEnabled || !policy.Enforce || message.FactsRef is not { Kind: MessageKind.Response, Content: ContentKind.Html, Whole: true }
            || (exchange.Destination is { } from && policy.Shield.Exempt.Contains(from.Authority.Host))
            || !message.TryFind(PartKind.Body, out var body))
        {
            return;
        }

        var cuts = CutsOf(policy.Shield, message.Of(body), body.Start);
        if (cuts.Count > MaxCuts)
        {
            Findings.Report(exchange, message, MediaRules.Malformed, scratch);
        }
        else if (cuts.Count > 0)
        {
            scratch.Findings.Add(new Finding(MediaRules.Shielded, Confidence.Certain, "body", "raw", cuts[0].Start, cuts[0].End - cuts[0].Start, string.Empty) { Acceptance = Acceptance.Edited, Note = "shield" });
            Rewrites.Plan(message, cuts, scratch.Rewrites);
        }
    }

    private static List<Edit> CutsOf(ShieldPolicy policy, ReadOnlySpan<byte> page, int start)
    {
        var cuts = new List<Edit>();
        var reader = new MarkupReader(page);
        var hider = default(HiddenElement);
        var from = 0;
        while (cuts.Count <= MaxCuts && reader.Read())
        {
            var wasOpen = hider.IsOpen;
            if (reader.Kind == MarkupKind.Start)
            {
                hider.Open(reader.Name, ShieldTags.IsTrap(policy, reader.Name, reader.Attributes), includesRaw: true);
                from = wasOpen ? from : reader.Token.Start;
            }
            else if (reader.Kind == MarkupKind.End)
            {
                hider.Close(reader.Name);
            }

            if (hider.IsOpen)
            {
                continue;
            }

            if (wasOpen)
            {
                cuts.Add(new Edit(start + from, start + reader.Token.End, []));
            }
            else if (ShieldTags.IsPiece(policy, ref reader))
            {
                cuts.Add(new Edit(start + reader.Token.Start, start + reader.Token.End, []));
            }
        }

        if (hider.IsOpen)
        {
            // What hides is never shown again, and so is everything behind it.
            cuts.Add(new Edit(start + from, start + page.Length, []));
        }

        return cuts;
    }
}
