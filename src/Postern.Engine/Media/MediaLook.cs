using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Engine.Media;

/// <summary>Holds the media in a message against the media policy: kind, label, size, what is in it besides the picture.</summary>
internal static class MediaLook
{
    /// <summary>Looks; what was found, and what is to be cut, stands in the scratch.</summary>
    public static void Run(Exchange exchange, Message message, Scratch scratch)
    {
        var policy = exchange.Policy.Policy.Media;
        if (message.FactsRef.Media is not { } head || !policy.IsEnabled
            || message.Kind is not (MessageKind.Request or MessageKind.Response or MessageKind.Event))
        {
            return;
        }

        JudgeHead(exchange, message, head, scratch);
        if (message.Direction == Direction.Inbound)
        {
            JudgeSize(exchange, message, scratch);
        }

        if (message.Direction == Direction.Inbound && head.Format is { } format && message.FactsRef.Whole && message.TryFind(PartKind.Body, out var body))
        {
            JudgeContent(exchange, format, new MediaBody(message, body), scratch);
        }
    }

    /// <summary>What label and first bytes say, of a body or of a piece of media within one.</summary>
    public static void JudgeHead(Exchange exchange, Message message, MediaHead head, Scratch scratch)
    {
        var policy = exchange.Policy.Policy.Media;
        var isInbound = message.Direction == Direction.Inbound;
        if (isInbound && (head.IsDisguised || head.IsMislabelled))
        {
            Findings.Report(exchange, message, head.IsDisguised ? MediaRules.Disguised : MediaRules.Mislabelled, scratch);
        }

        if (head.Format is { } format && (isInbound ? policy.RefusedInbound : policy.RefusedOutbound).Contains(format.Family))
        {
            Findings.Report(exchange, message, MediaRules.Refused, scratch);
        }
    }

    /// <summary>An image is held to its end or not let in at all, since only a whole one can be stripped.</summary>
    private static void JudgeSize(Exchange exchange, Message message, Scratch scratch)
    {
        if (message.FactsRef.Media!.Format is not { } format)
        {
            return;
        }

        var policy = exchange.Policy.Policy.Media;
        if (format.Family != MediaFamily.Image)
        {
            if (!policy.StreamsLong && !message.FactsRef.Whole)
            {
                Findings.Report(exchange, message, MediaRules.BeyondHold, scratch);
            }

            return;
        }

        if (!policy.ImageTypes.Contains(format.Name))
        {
            Findings.Report(exchange, message, MediaRules.ImageType, scratch);
        }

        if (!message.FactsRef.Whole || (message.TryFind(PartKind.Body, out var body) && body.Length > policy.MaxImageBytes))
        {
            Findings.Report(exchange, message, MediaRules.TooLarge, scratch);
        }
    }

    private static void JudgeContent(Exchange exchange, MediaFormat format, MediaBody body, Scratch scratch)
    {
        if (format.IsSvg)
        {
            JudgeSvg(exchange, body, scratch);
        }
        else if (format.IsStrippable)
        {
            ImageLook.Run(exchange, format, body, scratch);
        }
        else if (format.Family is not (MediaFamily.Archive or MediaFamily.Executable) && ZipEnd.IsAt(body.Bytes))
        {
            // A program may unpack itself; nothing else has a reason to end as an archive.
            Findings.Report(exchange, body.Message, MediaRules.Polyglot, scratch);
        }
    }

    /// <summary>A zero byte says that this is not the text it would have to be to be read here.</summary>
    private static void JudgeSvg(Exchange exchange, MediaBody body, Scratch scratch)
    {
        if (body.Bytes.Contains((byte)0))
        {
            Findings.Report(exchange, body.Message, MediaRules.Malformed, scratch);
        }
        else if (SvgText.IsActive(body.Bytes))
        {
            Findings.Report(exchange, body.Message, MediaRules.Active, scratch);
        }
    }
}
