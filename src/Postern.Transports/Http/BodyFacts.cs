using Postern.Engine.Flow;
using Postern.Engine.Media;
using Postern.Engine.Views;

namespace Postern.Transports.Http;

/// <summary>How a body is read, by what is said about it and how it begins.</summary>
internal static class BodyFacts
{
    /// <summary>A body on its way out. A media label excuses nothing there: whatever it claims to be, it is read.</summary>
    public static MessageFacts Outbound(string? contentType, ReadOnlySpan<byte> start) =>
        Read(contentType, start, Direction.Outbound, MediaHead.Of(MediaTypes.TypeOf(contentType), start));

    /// <summary>A body on its way in. What does not begin like the media it claims to be is read as text.</summary>
    public static MessageFacts Inbound(string? contentType, ReadOnlySpan<byte> start)
    {
        var media = MediaHead.Of(MediaTypes.TypeOf(contentType), start);
        return Read(contentType, start, Direction.Inbound, media) is var facts && media is { IsOpaque: true }
            ? facts with { Content = ContentKind.Opaque, Charset = null }
            : facts;
    }

    private static MessageFacts Read(string? contentType, ReadOnlySpan<byte> start, Direction direction, MediaHead? media)
    {
        var content = MediaTypes.KindOf(contentType);
        return new MessageFacts(MessageKind.BodyWindow, direction)
        {
            Content = content,
            Charset = Charset.Of(contentType, content, start),
            Boundary = MediaTypes.BoundaryOf(contentType),
            Media = media,
        };
    }
}
