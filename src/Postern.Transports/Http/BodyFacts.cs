using Postern.Engine.Flow;
using Postern.Engine.Media;

namespace Postern.Transports.Http;

/// <summary>How a body is read, by what is said about it and how it begins.</summary>
internal static class BodyFacts
{
    /// <summary>A body on its way out. A media label excuses nothing there: whatever it claims to be, it is read.</summary>
    public static MessageFacts Outbound(string? contentType, ReadOnlySpan<byte> start) => new(MessageKind.BodyWindow, Direction.Outbound)
    {
        Content = MediaTypes.KindOf(contentType),
        Boundary = MediaTypes.BoundaryOf(contentType),
        Media = MediaHead.Of(MediaTypes.TypeOf(contentType), start),
    };

    /// <summary>A body on its way in. What does not begin like the media it claims to be is read as text.</summary>
    public static MessageFacts Inbound(string? contentType, ReadOnlySpan<byte> start)
    {
        var media = MediaHead.Of(MediaTypes.TypeOf(contentType), start);
        return new MessageFacts(MessageKind.BodyWindow, Direction.Inbound)
        {
            Content = media is { IsOpaque: true } ? ContentKind.Opaque : MediaTypes.KindOf(contentType),
            Boundary = MediaTypes.BoundaryOf(contentType),
            Media = media,
        };
    }
}
