using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>The URL layers before DNS, over the message's URL or CONNECT target.</summary>
internal static class DestinationLook
{
    /// <summary>Judges the destination; what was found stands in the findings, the destination itself in the scratch.</summary>
    public static void Run(Message message, DestinationPolicy policy, Scratch scratch)
    {
        if (!message.TryFind(PartKind.Url, out var part))
        {
            return;
        }

        var url = message.Of(part);
        JudgedUrl judged;
        if (message.Kind == MessageKind.Lookup)
        {
            UrlInspector.InspectName(url, policy, scratch.Hits, out judged);
        }
        else if (message.Kind == MessageKind.Connect)
        {
            UrlInspector.InspectTarget(url, policy, scratch.Hits, out judged);
        }
        else
        {
            UrlInspector.Inspect(url, policy, scratch.Hits, out judged);
        }

        scratch.Judged = judged;
        Findings.Place(message, new SourceSpan(PartKind.Url, part.Start, part.Length), scratch);
    }
}
