using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Engine.Media;

/// <summary>Holds the media in a message against the media policy: kind, label, size, what is in it besides the picture.</summary>
internal static class MediaLook
{
    private const string Where = "body";

    /// <summary>Looks; what was found, and what is to be cut, stands in the scratch.</summary>
    public static void Run(Exchange exchange, Message message, Scratch scratch)
    {
        var policy = exchange.Policy.Policy.Media;
        if (message.FactsRef.Media is not { } head || !policy.IsEnabled
            || message.Kind is not (MessageKind.Request or MessageKind.Response or MessageKind.Event))
        {
            return;
        }

        if (message.Direction == Direction.Outbound)
        {
            JudgeKind(head, policy.RefusedOutbound, scratch);
        }
        else
        {
            JudgeLabel(head, scratch);
            JudgeKind(head, policy.RefusedInbound, scratch);
            JudgeSize(head, policy, message, scratch);
        }

        Findings.Collect(Where, scratch);
        if (message.Direction == Direction.Inbound && head.Format is { } format && message.FactsRef.Whole && message.TryFind(PartKind.Body, out var body))
        {
            JudgeContent(exchange, format, new MediaBody(message, body), scratch);
        }
    }

    private static void JudgeLabel(MediaHead head, Scratch scratch)
    {
        if (head.IsDisguised)
        {
            scratch.Hits.Add(MediaRules.Disguised, 0, 0);
        }
        else if (head.IsMislabelled)
        {
            scratch.Hits.Add(MediaRules.Mislabelled, 0, 0);
        }
    }

    private static void JudgeKind(MediaHead head, IReadOnlyList<MediaFamily> refused, Scratch scratch)
    {
        if (head.Format is not null && refused.Contains(head.Format.Family))
        {
            scratch.Hits.Add(MediaRules.Refused, 0, 0);
        }
    }

    /// <summary>An image is held to its end or not let in at all, since only a whole one can be stripped.</summary>
    private static void JudgeSize(MediaHead head, MediaPolicy policy, Message message, Scratch scratch)
    {
        if (head.Format is not { } format)
        {
            return;
        }

        if (format.Family != MediaFamily.Image)
        {
            if (!policy.StreamsLong && !message.FactsRef.Whole)
            {
                scratch.Hits.Add(MediaRules.BeyondHold, 0, 0);
            }

            return;
        }

        if (!policy.ImageTypes.Contains(format.Name))
        {
            scratch.Hits.Add(MediaRules.ImageType, 0, 0);
        }

        if (!message.FactsRef.Whole || (message.TryFind(PartKind.Body, out var body) && body.Length > policy.MaxImageBytes))
        {
            scratch.Hits.Add(MediaRules.TooLarge, 0, 0);
        }
    }

    private static void JudgeContent(Exchange exchange, MediaFormat format, MediaBody body, Scratch scratch)
    {
        if (format.IsSvg)
        {
            JudgeSvg(body, scratch);
        }
        else if (format.IsStrippable)
        {
            ImageLook.Run(exchange, format, body, scratch);
        }
        else if (format.Family is not (MediaFamily.Archive or MediaFamily.Executable) && ZipEnd.IsAt(body.Bytes))
        {
            // A program may unpack itself; nothing else has a reason to end as an archive.
            scratch.Hits.Add(MediaRules.Polyglot, 0, 0);
            Findings.Collect(Where, scratch);
        }
    }

    /// <summary>A zero byte says that this is not the text it would have to be to be read here.</summary>
    private static void JudgeSvg(MediaBody body, Scratch scratch)
    {
        if (body.Bytes.Contains((byte)0))
        {
            scratch.Hits.Add(MediaRules.Malformed, 0, 0);
        }
        else if (SvgText.FirstActive(body.Bytes) is { Length: > 0 } active)
        {
            scratch.Hits.Add(MediaRules.Active, active.Start, active.Length);
        }

        Findings.Place(body.Message, body.Span, scratch);
    }
}
