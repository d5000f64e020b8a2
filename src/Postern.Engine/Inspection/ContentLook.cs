using Postern.Engine.A2a;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Obstacles;
using Postern.Engine.Editing;
using Postern.Engine.Flow;
using Postern.Engine.Media;
using Postern.Engine.Mediation;
using Postern.Engine.Monitoring.Tools;
using Postern.Engine.Pages;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>Everything that needs nothing but the message: obstacles, URL layers, views and detectors.</summary>
internal sealed class ContentLook(InspectorSeams seams, DefinitionLook definitions, BaselineLook baselines)
{
    /// <summary>Looks; what was found stands in the scratch.</summary>
    public void Run(Exchange exchange, Message message, Scratch scratch)
    {
        var policy = exchange.Policy.Policy;
        scratch.Rewrites.Clear();
        scratch.MetadataBytes = 0;
        scratch.FingerprintKey = seams.FingerprintKey;
        if (policy.Suppressions.Length > 0)
        {
            scratch.Now = seams.Time.GetUtcNow();
        }

        ObstacleRules.Report(message.Facts.Obstacles, scratch.Hits);
        Findings.Collect("message", scratch);
        if (message.Kind is MessageKind.Request or MessageKind.Connect or MessageKind.Lookup or MessageKind.Text)
        {
            DestinationLook.Run(message, policy.Destination, scratch);
        }

        A2aLook.Run(exchange, message, scratch);
        ToolLook.Run(exchange, message, scratch);
        if (policy.WatchesFlow && message.FactsRef.Mcp.IsMcp && DataFlow.Wants(message, exchange.Calls))
        {
            scratch.Flow(seams.StateKey.Span);
        }

        definitions.Run(exchange, message, scratch);
        baselines.Run(exchange, scratch);
        var detectors = DefinitionLook.IsDescription(exchange, message) ? policy.DefinitionDetectors : policy.Detectors;
        foreach (var span in MessageSources.Of(message))
        {
            var source = MessageSources.ViewOf(message, span);
            if (!scratch.Heads.Knows(source, detectors))
            {
                Findings.Keep(exchange, message, span, HitsOf(source, detectors, scratch), scratch);
            }
        }

        MediaLook.Run(exchange, message, scratch);
        BlobLook.Run(exchange, message, scratch);
        PageShield.Run(exchange, message, scratch);
        ForgedEnvelope.Cut(message, scratch.Rewrites);
        if (scratch.Rewrites.Count > 0)
        {
            Rewrites.Accept(scratch.Findings, scratch.Rewrites);
        }

        Findings.ExcuseOwn(scratch.Findings);
        Findings.ExcuseMeasured(message, policy.Destination, scratch.Findings);
        Findings.AddLost(scratch);
    }

    private LocatedHits HitsOf(scoped in ViewSource source, IDetector[] detectors, Scratch scratch)
    {
        // Fingerprints of what a body says are made while it is read.
        var mark = scratch.IsFlowing ? default : BodyMark.Of(source);
        if (scratch.Bodies.Find(mark, detectors) is { } known)
        {
            return known;
        }

        PartScan.Run(source, scratch, detectors, seams.FingerprintKey.Span);
        var hits = LocatedHits.Of(source, scratch);
        if (hits.Count == 0)
        {
            scratch.Heads.Remember(source);
        }

        if (!scratch.LostHits)
        {
            scratch.Bodies.Remember(mark, detectors, hits);
        }

        return hits;
    }
}
